"""What lifetime value is learned and predicted from: each customer's history of order days up to a cut."""

from __future__ import annotations

from datetime import date, timedelta

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from jobs.models.lifetime_value import HORIZON


def histories(customer_days: DataFrame, cut: date) -> DataFrame:
    """``INPUTS`` of each customer who bought by ``cut``; one row each, nothing later is looked at."""
    bought_on = F.when(F.col("orders") > 0, F.col("ordered_on"))
    first = F.min(bought_on).over(Window.partitionBy("customer_id"))
    days = customer_days.where(F.col("ordered_on") <= F.lit(cut)).withColumn("first_on", first)
    repeats = bought_on > F.col("first_on")
    value = F.greatest(F.round(F.avg(F.when(repeats, F.col("purchased"))), 2), F.lit(0))
    customers = days.where("first_on is not null").groupBy("customer_id", "first_on")
    return customers.agg(
        F.count_if(repeats).alias("repeat_days"),
        F.datediff(F.max(bought_on), "first_on").alias("days_active"),
        F.datediff(F.lit(cut), "first_on").alias("days_observed"),
        F.coalesce(value, F.lit(0)).cast("double").alias("repeat_spend"),
        *(F.sum(name).cast("double").alias(name) for name in ("purchased", "returned")),
    )


def examples(customer_days: DataFrame, known: DataFrame, cut: date) -> DataFrame:
    """Histories up to ``cut`` from ``known``, and from ``customer_days`` what came in the ``HORIZON`` days after."""
    is_after = (F.col("ordered_on") > F.lit(cut)) & (F.col("ordered_on") <= F.lit(cut + timedelta(days=HORIZON)))
    after = customer_days.where(is_after).groupBy("customer_id")
    orders, spend = F.count_if(F.col("orders") > 0), F.sum("spend").cast("double")
    labels = after.agg(orders.alias("future_orders"), spend.alias("future_spend"))
    return histories(known, cut).join(labels, "customer_id", "left").fillna(0, ["future_orders", "future_spend"])
