"""Silver jobs, named after their tables."""

from expectations import contract

#: Where a row came from: the file, its line, which of that line's rows.
LINEAGE = tuple(column.name for column in (*contract.LINEAGE, contract.PART))
