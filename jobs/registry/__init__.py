"""What was learned: models registered, promoted, loaded."""
