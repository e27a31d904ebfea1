"""``gold.customer_rfm``: recency, frequency, monetary value (Hughes, Strategic Database Marketing, 1994)."""

from datetime import date

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from jobs.money import total

QUINTILES = (0.2, 0.4, 0.6, 0.8)


def customer_rfm(customer_days: DataFrame, as_of: date) -> DataFrame:
    """One row per customer, looking back from ``as_of``; the terms of buy-till-you-die models beside the quintiles."""
    return with_tier(with_quintiles(behaviour(customer_days, as_of))).select(
        "customer_id",
        "first_order_on",
        "last_order_on",
        "days_since_last_order",
        "orders",
        "repeat_days",
        "days_active",
        "days_observed",
        "spend",
        "recency_quintile",
        "frequency_quintile",
        "monetary_quintile",
        "tier",
    )


def behaviour(customer_days: DataFrame, as_of: date) -> DataFrame:
    """Recency, frequency and monetary value of each customer from days up to ``as_of``.

    A day counts that has a purchase; money is net of what came back on any day.
    """
    today, bought_on = F.lit(as_of), F.when(F.col("orders") > 0, F.col("ordered_on"))
    first, last = F.min(bought_on), F.max(bought_on)
    customers = customer_days.where(F.col("ordered_on") <= today).groupBy("customer_id")
    return customers.agg(
        first.alias("first_order_on"),
        last.alias("last_order_on"),
        F.datediff(today, last).alias("days_since_last_order"),
        F.sum("orders").alias("orders"),
        (F.count(bought_on) - 1).alias("repeat_days"),
        F.datediff(last, first).alias("days_active"),
        F.datediff(today, first).alias("days_observed"),
        total("spend").alias("spend"),
    ).where("orders > 0")


def with_quintiles(customers: DataFrame) -> DataFrame:
    """5 is best: ordered most lately, most orders, highest spend."""
    days, orders, spend = (F.col(name).cast("double") for name in ("days_since_last_order", "orders", "spend"))
    cuts = customers.agg(
        F.percentile(days, QUINTILES).alias("days_cuts"),
        F.percentile(orders, QUINTILES).alias("orders_cuts"),
        F.percentile(spend, QUINTILES).alias("spend_cuts"),
    )
    judged = customers.crossJoin(F.broadcast(cuts))
    return judged.withColumns(
        {
            "recency_quintile": 6 - quintile(days, F.col("days_cuts")),
            "frequency_quintile": quintile(orders, F.col("orders_cuts")),
            "monetary_quintile": quintile(spend, F.col("spend_cuts")),
        }
    )


def quintile(value: Column, cuts: Column) -> Column:
    """1 to 5: how many of the four cuts lie below the value, and one. A function of the value, so equals stay equal."""
    return sum((cuts[n] < value).cast("int") for n in range(len(QUINTILES))) + F.lit(1)


def with_tier(customers: DataFrame) -> DataFrame:
    """Value tier from the sum of the three quintiles, 3 to 15."""
    total = F.col("recency_quintile") + F.col("frequency_quintile") + F.col("monetary_quintile")
    tier = F.when(total >= 13, "top").when(total >= 10, "high").when(total >= 7, "middle").otherwise("low")
    return customers.withColumn("tier", tier)
