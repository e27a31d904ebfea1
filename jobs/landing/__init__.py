"""What came: the landing zone, its files and their records."""
