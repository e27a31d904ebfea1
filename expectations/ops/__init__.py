"""Tables of what the runs did."""
