"""``gold.cohort_retention``: who joined in a month, and who came back."""

from datetime import date

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from jobs.money import total


def cohort_retention(customer_days: DataFrame, as_of: date) -> DataFrame:
    """Every month from the one joined to that of ``as_of``, months in which nobody came included."""
    bought = customer_days.where("orders > 0").groupBy("customer_id")
    joined = bought.agg(F.trunc(F.min("ordered_on"), "month").alias("joined_month"))
    cohorts = joined.groupBy("joined_month").agg(F.count("*").alias("customers"))
    last = months_since(F.col("joined_month"), F.lit(as_of))
    grid = cohorts.withColumn("months_since", F.explode(F.sequence(F.lit(0), last)))
    months = months_since(F.col("joined_month"), F.col("ordered_on"))
    active = (
        customer_days.join(joined, "customer_id")
        # what came back before the first order of our data was bought before them
        .groupBy("joined_month", F.greatest(months, F.lit(0)).alias("months_since"))
        .agg(
            F.count_distinct(F.when(F.col("orders") > 0, F.col("customer_id"))).alias("active_customers"),
            F.sum("orders").alias("orders"),
            total("purchased").alias("purchased"),
            total("spend").alias("spend"),
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
        *(F.coalesce(name, F.lit(0)).alias(name) for name in ("purchased", "spend")),
    )


def months_since(joined: Column, day: Column) -> Column:
    """Calendar months; `months_between` would make both days instants of a time zone first."""
    return (F.year(day) - F.year(joined)) * 12 + F.month(day) - F.month(joined)
