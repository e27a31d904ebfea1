"""``gold.cohort_retention``: who joined in a month, and who came back."""

from datetime import date

from pyspark.sql import DataFrame
from pyspark.sql import functions as F


def cohort_retention(customer_days: DataFrame, as_of: date) -> DataFrame:
    """Every month from the one joined to that of ``as_of``, months in which nobody came included."""
    this_month = F.trunc(F.lit(as_of), "month")
    joined = customer_days.groupBy("customer_id").agg(F.trunc(F.min("ordered_on"), "month").alias("joined_month"))
    cohorts = joined.groupBy("joined_month").agg(F.count("*").alias("customers"))
    last = F.months_between(this_month, "joined_month").cast("int")
    grid = cohorts.withColumn("months_since", F.explode(F.sequence(F.lit(0), last)))
    month = F.months_between(F.trunc("ordered_on", "month"), "joined_month").cast("int")
    active = (
        customer_days.join(joined, "customer_id")
        .groupBy("joined_month", month.alias("months_since"))
        .agg(
            F.count_distinct("customer_id").alias("active_customers"),
            F.sum("orders").alias("orders"),
            F.sum("spend").alias("spend"),
        )
    )
    filled = grid.join(active, ["joined_month", "months_since"], "left").fillna(0, ["active_customers", "orders"])
    end_of_month = F.last_day(F.add_months("joined_month", F.col("months_since")))
    return filled.select(
        "joined_month",
        "months_since",
        (end_of_month <= F.lit(as_of)).alias("is_complete"),
        "customers",
        "active_customers",
        (F.col("active_customers") / F.col("customers")).alias("retention"),
        "orders",
        F.coalesce("spend", F.lit(0)).cast("decimal(18,2)").alias("spend"),
    )
