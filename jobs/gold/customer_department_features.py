"""``gold.customer_department_features``: what models know of a customer in a department."""

from datetime import date, timedelta

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from expectations.gold.customer_department_features import customer_department_features as contract
from jobs.gold.customer_behaviour import share, with_zeros
from jobs.gold.customer_features import WINDOWS

LEAST_REACH = 0.05  # in 90 days: of a department that fewer visit there is too little to learn


def customer_department_features(
    account_department_days: DataFrame, customers: DataFrame, customer_features: DataFrame, as_of: date
) -> DataFrame:
    """Each active customer beside each department that is visited, also where they never were."""
    active = customer_features.where("order_days_56d > 0").select("customer_id")
    whose = customers.select("account_id", "customer_id").join(active, "customer_id")
    known = account_department_days.where(F.col("ordered_on") <= F.lit(as_of)).where("department is not null")
    days = known.join(whose, "account_id").select("customer_id", "department", "ordered_on").distinct()
    sums = days.groupBy("customer_id", "department").agg(*history(as_of))
    everywhere = active.join(visited(sums, active))
    return everywhere.join(sums, ["customer_id", "department"], "left").select(*with_zeros(contract.columns))


def history(as_of: date) -> list[Column]:
    on = F.col("ordered_on")
    windows = [
        F.count_if(on > F.lit(as_of - timedelta(days=days))).alias(f"department_days_{days}d") for days in WINDOWS
    ]
    gap = share(F.datediff(F.max(on), F.min(on)), F.count("*") - 1)
    return [
        F.count("*").alias("department_days"),
        *windows,
        F.datediff(F.lit(as_of), F.max(on)).alias("days_since_department"),
        gap.alias("department_gap"),
    ]


def visited(sums: DataFrame, active: DataFrame) -> DataFrame:
    """Departments that enough of the ``active`` visit: a few rows, with how many of them do so, and do so again."""
    lately, before = F.col("department_days_28d") > 0, F.col("department_days_56d") > F.col("department_days_28d")
    found = sums.groupBy("department").agg(
        F.count_if(F.col("department_days_90d") > 0).alias("of_90"),
        F.count_if(lately).alias("of_28"),
        share(F.count_if(lately & before), F.count_if(before)).alias("again_28d"),
    )
    every = active.agg(F.count("*").alias("every"))
    found = found.join(every).where(F.col("of_90") >= LEAST_REACH * F.col("every"))
    return F.broadcast(found.select("department", share("of_28", "every").alias("reach_28d"), "again_28d"))
