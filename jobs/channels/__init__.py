"""One file per channel: its quirks and nothing else."""

from pyspark.sql import Column
from pyspark.sql import functions as F

from expectations import contract

LINEAGE = tuple(column.name for column in contract.LINEAGE)


def to_money(amount: Column) -> Column:
    """Rounded once, half up, where the line is made; null where it is more than money can be."""
    return F.round(amount, 2).try_cast("decimal(18,2)")


def line_id() -> Column:
    """Of a line without a number of its own: its place in the files, unique in a night."""
    return F.concat_ws(":", "file", "line", "item")
