"""What lifetime value is learned and predicted from: each customer's history of order days up to a cut."""

from __future__ import annotations

from datetime import date, timedelta

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.models.lifetime_value import HORIZON
from jobs.money import total


def histories(customer_days: DataFrame, cut: date) -> DataFrame:
    """``INPUTS`` of each customer who bought by ``cut``; one row each, nothing later is looked at."""
    bought_on = F.when(F.col("orders") > 0, F.col("ordered_on"))
    first, repeats = F.min(bought_on), F.count(bought_on) - 1
    days = customer_days.where(F.col("ordered_on") <= F.lit(cut)).groupBy("customer_id")
    after_first = total(F.when(bought_on.isNotNull(), F.col("purchased"))) - F.min_by("purchased", bought_on)
    value = F.greatest(F.round(after_first / F.nullif(repeats, F.lit(0)), 2), F.lit(0))
    customers = days.agg(
        first.alias("first_on"),
        repeats.alias("repeat_days"),
        F.datediff(F.max(bought_on), first).alias("days_active"),
        F.datediff(F.lit(cut), first).alias("days_observed"),
        F.coalesce(value, F.lit(0)).cast("double").alias("repeat_spend"),
        *(total(name).cast("double").alias(name) for name in ("purchased", "returned")),
    )
    return customers.where("first_on is not null")


def examples(customer_days: DataFrame, known: DataFrame, cut: date) -> DataFrame:
    """Histories up to ``cut`` from ``known``, and from ``customer_days`` what came in the ``HORIZON`` days after."""
    is_after = (F.col("ordered_on") > F.lit(cut)) & (F.col("ordered_on") <= F.lit(cut + timedelta(days=HORIZON)))
    after = customer_days.where(is_after).groupBy("customer_id")
    orders, spend = F.count_if(F.col("orders") > 0), total("spend").cast("double")
    labels = after.agg(orders.alias("future_orders"), spend.alias("future_spend"))
    return histories(known, cut).join(labels, "customer_id", "left").fillna(0, ["future_orders", "future_spend"])
