"""Models: what they predict, and what they must beat."""
