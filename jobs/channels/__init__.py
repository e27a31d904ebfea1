"""One file per channel: its quirks and nothing else."""

from pyspark.sql import Column
from pyspark.sql import functions as F

from expectations import contract

LINEAGE = tuple(column.name for column in contract.LINEAGE)


def to_money(amount: Column) -> Column:
    """An exact amount to the cent, half up; null where it is too much to be money."""
    return F.round(amount, 2).try_cast("decimal(18,2)")
