"""Fit and judge, one file per model; the methods stand in jobs/statistics."""
