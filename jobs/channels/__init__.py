"""One file per channel: its quirks and nothing else."""

from pyspark.sql import Column
from pyspark.sql import functions as F

from expectations import contract

LINEAGE = tuple(column.name for column in contract.LINEAGE)
ROWS, IS_THERE = "rows", "is_there"


def several(*rows: tuple[Column, dict[str, Column]]) -> Column:
    """The rows that a row of a feed becomes, each with the condition on which it is there: more than one where an
    article's row holds its order's postage too, none where an order was voided. Select it beside the columns that
    they share; columns that only one of them names are null in the others. Where no condition is true and one is
    null, the row is rejected: nobody knows whether it is there.
    """
    names = dict.fromkeys(name for _, columns in rows for name in columns)
    made = [
        F.struct(
            is_there.alias(IS_THERE),
            *(columns.get(name, F.lit(None)).alias(name) for name in names),
        )
        for is_there, columns in rows
    ]
    return F.array(*made).alias(ROWS)


def to_money(amount: Column) -> Column:
    """Rounded once, half up, where the line is made; null where it is more than money can be."""
    return F.round(amount, 2).try_cast("decimal(18,2)")


def sale_or_return(money: str) -> Column:
    """Of a channel that books what comes back as a line of its own, units and money below nothing."""
    is_back = (F.col("quantity") < 0) & (F.col(money) <= 0)
    return F.when(is_back, F.lit("return")).otherwise(F.lit("sale"))


def line_id() -> Column:
    """Of a line without a number of its own: its place in the files, unique in a night."""
    return F.concat_ws(":", "file", "line", "item")
