"""Gold jobs, named after their tables."""
