"""``gold.customer_department_mix``: what customers spend their money on."""

from datetime import date, timedelta

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.gold.customer_behaviour import share

DAYS = 365


def customer_department_mix(account_department_days: DataFrame, customers: DataFrame, as_of: date) -> DataFrame:
    """By all of a customer's accounts."""
    on = F.col("ordered_on")
    lately = F.when(on > F.lit(as_of - timedelta(days=DAYS)), F.col("sales"))
    whose = customers.select("account_id", "customer_id")
    known = account_department_days.where(on <= F.lit(as_of)).withColumn("sales", lately)
    return mix(known.join(whose, "account_id"))


def mix(bought: DataFrame) -> DataFrame:
    """Of ``customer_id``, ``department`` and ``sales``; what was free, or is of no known department, says nothing."""
    of_each = bought.groupBy("customer_id", "department").agg(F.sum("sales").alias("of"))
    paid = F.when(F.col("department").isNotNull() & (F.col("of") > 0), F.struct("department", "of"))
    every = of_each.groupBy("customer_id").agg(
        F.array_sort(F.collect_list(paid)).alias("each"), F.sum(paid["of"]).alias("all")
    )
    return every.select(
        "customer_id",
        F.col("each.department").alias("department_names"),
        F.transform("each", lambda one: share(one["of"], F.col("all"))).alias("department_shares"),
    )
