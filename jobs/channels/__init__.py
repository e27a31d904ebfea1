"""One file per channel: its quirks and nothing else."""
