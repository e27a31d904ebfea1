"""``gold.customer_channels``: each channel's part of what a customer buys."""

from datetime import date, timedelta

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from jobs.gold.customer_behaviour import share
from jobs.money import total

WINDOW = timedelta(days=91)


def customer_channels(account_days: DataFrame, customers: DataFrame, as_of: date) -> DataFrame:
    """A row per customer and channel; ``as_of`` is the last day of the last window."""
    days = account_days.join(customers.select("account_id", "customer_id"), "account_id")
    bought_on = F.when(F.col("orders") > 0, F.col("ordered_on"))
    since, before = (F.lit(as_of - n * WINDOW) for n in (1, 2))
    is_late, is_before = F.col("ordered_on") > since, F.col("ordered_on") > before
    sums = days.groupBy("customer_id", "channel").agg(
        F.sum("orders").alias("orders"),
        total("spend").alias("spend"),
        F.min(bought_on).alias("first_order_on"),
        F.max(bought_on).alias("last_order_on"),
        F.sum(F.when(is_late, F.col("orders")).otherwise(0)).alias("orders_91d"),
        F.sum(F.when(is_before & ~is_late, F.col("orders")).otherwise(0)).alias("orders_91d_before"),
    )
    of_all = F.sum("orders").over(Window.partitionBy("customer_id"))
    return sums.select(
        "customer_id",
        "channel",
        "orders",
        "spend",
        share("orders", of_all).alias("order_share"),
        "first_order_on",
        "last_order_on",
        "orders_91d",
        "orders_91d_before",
    )
