"""``gold.customer_products``: what each customer bought, product by product.

Days are sorted and counted a partition at once, in numpy: Spark takes three times as long for so many small arrays.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from expectations.gold.customer_products import customer_products as contract
from jobs.statistics.recurrence import HALF_LIVES, HISTORY, recurrence

DATED = {"first_bought_on": "first", "last_bought_on": "last"}  # days ago, until Spark makes dates of them
SHOWS = {
    "product_days": "days",
    **DATED,
    **{f"days_half_life_{days}d": f"half_life_{days}" for days in HALF_LIVES},
    "asked_days": "asked",
    "rebought_days": "again",
    "order_days": "all_days",
    "order_days_half_life_60d": "all_half_life_60",
}
SHAPE = ", ".join(f"{c.name} {'long' if c.name in DATED else c.type}" for c in contract.columns)


def customer_products(sales_baskets: DataFrame, customers: DataFrame, as_of: date) -> DataFrame:
    """By all of a customer's accounts; guests' baskets are nobody's."""
    on = F.col("ordered_on")
    seen = sales_baskets.where((on <= F.lit(as_of)) & (on > F.lit(as_of - timedelta(days=HISTORY))))
    bought = seen.join(customers.select("account_id", "customer_id"), "account_id").repartition("customer_id")
    days = bought.select("customer_id", "products", F.datediff(F.lit(as_of), on).alias("ago"))
    found = days.mapInArrow(counted, SHAPE)
    return found.withColumns({name: F.date_sub(F.lit(as_of), F.col(name).cast("int")) for name in DATED})


def counted(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Of ``customer_id``, ``products`` and days ``ago``, in which a customer is whole: a row for each product."""
    came = list(batches)
    if came:
        yield from of_baskets(pa.Table.from_batches(came)).to_batches()


def of_baskets(baskets: pa.Table) -> pa.Table:
    """The same, of a table; ``first_bought_on`` and ``last_bought_on`` are days ago."""
    lists = baskets["products"].combine_chunks()
    each = baskets.select(["customer_id", "ago"]).take(pc.list_parent_indices(lists))
    who, what = (of.dictionary_encode() for of in (each["customer_id"].combine_chunks(), pc.list_flatten(lists)))
    numbers = (of.to_numpy().astype("int64") for of in (who.indices, what.indices, each["ago"]))
    found = recurrence(*numbers)
    key = {"customer_id": who.dictionary.take(pa.array(found["who"]))}
    key |= {"product_id": what.dictionary.take(pa.array(found["what"]))}
    return pa.table(key | {name: pa.array(found[of]) for name, of in SHOWS.items()})
