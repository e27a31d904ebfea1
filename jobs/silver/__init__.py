"""Silver jobs, named after their tables."""
