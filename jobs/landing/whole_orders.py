"""Feeds of whole orders: a line that cannot be read takes its order's other lines of that night with it; where one
record is the whole order, the last good one of a night is the night's."""

from __future__ import annotations

from functools import reduce

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from expectations.contract import WARNING, WHY, Table
from expectations.shared import SUPERSEDED
from jobs.landing.batches import ANOTHER

RECORD = ("file", "line")
TWO_FILES = "the order stands in another file of this night too"


def only_whole(rows: DataFrame, feed: Table) -> DataFrame:
    """Every line of an order of which one has a reason gets one: an order is never cheaper in silence. What named the
    order of a line that cannot be read was kept until here, and is dropped."""
    order = Window.partitionBy("delivered_on", *feed.whole)
    part = Window.partitionBy("delivered_on", *feed.whole, *RECORD) if feed.is_record_whole else order
    is_order = reduce(lambda one, other: one & other, (F.col(name).isNotNull() for name in feed.whole))
    is_broken = is_order & (F.count(WHY.name).over(part) > 0)
    is_in_two = is_order & F.col(WHY.name).isNull() & (F.min("file").over(order) < F.max("file").over(order))
    odd = F.concat_ws("; ", WARNING.name, F.when(is_in_two, TWO_FILES))
    dropped = {name: F.when(F.col(WHY.name).isNull(), F.col(name)) for name in feed.whole}
    found = rows.withColumns({"_is_broken": is_broken, WARNING.name: F.nullif(odd, F.lit(""))})
    another = F.when(F.col("_is_broken"), ANOTHER)
    if feed.is_record_whole:
        last = F.max(F.when(~F.col("_is_broken"), F.struct(*RECORD))).over(order)
        another = F.coalesce(another, F.when(is_order & (F.struct(*RECORD) < last), SUPERSEDED))
    return found.withColumns({**dropped, WHY.name: F.coalesce(WHY.name, another)}).drop("_is_broken")
