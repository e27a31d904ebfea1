"""A text that goes on without the names, numbers and addresses that people write into it."""
