"""``gold.customer_tier_moves``: from tier to tier in the last 28 days."""

from datetime import date, timedelta

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from jobs.gold.customer_rfm import behaviour, with_quintiles, with_tier

WINDOW = timedelta(days=28)


def customer_tier_moves(customer_days: DataFrame, as_of: date) -> DataFrame:
    """Both tiers are computed from what is known at ``as_of``, so the first run has moves too."""
    before = tiers(customer_days, as_of - WINDOW).withColumnRenamed("tier", "from_tier")
    now = tiers(customer_days, as_of).withColumnRenamed("tier", "to_tier")
    spend = customer_days.groupBy("customer_id").agg(
        spend_within(as_of - WINDOW).alias("spend_before"), spend_within(as_of).alias("spend")
    )
    moves = now.join(before, "customer_id", "left").join(spend, "customer_id").fillna("new", ["from_tier"])
    return moves.groupBy("from_tier", "to_tier").agg(
        F.count("*").alias("customers"),
        F.sum("spend_before").cast("decimal(18,2)").alias("spend_before"),
        F.sum("spend").cast("decimal(18,2)").alias("spend"),
    )


def tiers(customer_days: DataFrame, day: date) -> DataFrame:
    return with_tier(with_quintiles(behaviour(customer_days, day))).select("customer_id", "tier")


def spend_within(day: date) -> Column:
    """Spend of the 28 days to ``day``, that day included."""
    is_within = (F.col("ordered_on") > F.lit(day - WINDOW)) & (F.col("ordered_on") <= F.lit(day))
    return F.coalesce(F.sum(F.when(is_within, F.col("spend"))), F.lit(0))
