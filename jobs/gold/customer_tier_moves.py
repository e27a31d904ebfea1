"""``gold.customer_tier_moves``: from tier to tier in the last 28 days."""

from datetime import date, timedelta

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from jobs.gold.customer_rfm import behaviour, with_quintiles, with_tier
from jobs.money import total

WINDOW = timedelta(days=28)


def customer_tier_moves(customer_days: DataFrame, customer_rfm: DataFrame, as_of: date) -> DataFrame:
    """The tier before is computed from what is known at ``as_of``, so the first run has moves too."""
    now = customer_rfm.select("customer_id", F.col("tier").alias("to_tier"))
    past = with_tier(with_quintiles(behaviour(customer_days, as_of - WINDOW)))
    before = past.select("customer_id", F.col("tier").alias("from_tier"))
    spend = customer_days.groupBy("customer_id").agg(
        spend_within(as_of - WINDOW).alias("spend_before"), spend_within(as_of).alias("spend")
    )
    moves = now.join(before, "customer_id", "left").join(spend, "customer_id").fillna("new", ["from_tier"])
    return moves.groupBy("from_tier", "to_tier").agg(
        F.count("*").alias("customers"),
        total("spend_before").alias("spend_before"),
        total("spend").alias("spend"),
    )


def spend_within(day: date) -> Column:
    """Spend of the 28 days to ``day``, that day included."""
    is_within = (F.col("ordered_on") > F.lit(day - WINDOW)) & (F.col("ordered_on") <= F.lit(day))
    return F.coalesce(total(F.when(is_within, F.col("spend"))), F.lit(0))
