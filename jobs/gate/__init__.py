"""What is good: rows judged, nights stopped."""
