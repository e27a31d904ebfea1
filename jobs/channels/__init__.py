"""One file per channel: its quirks and nothing else."""

from expectations import contract

LINEAGE = tuple(column.name for column in contract.LINEAGE)
