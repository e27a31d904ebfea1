"""``gold.customer_behaviour``: how, when and what a customer buys."""

from collections.abc import Iterable
from datetime import date, timedelta

from pyspark.sql import Column as C
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from expectations.contract import Column
from expectations.gold.customer_behaviour import customer_behaviour as contract


def customer_behaviour(
    customer_days: DataFrame, sales_by_order: DataFrame, orders: DataFrame, as_of: date
) -> DataFrame:
    """One row per customer with an order."""
    joined = of_days(customer_days, as_of).join(of_orders(orders), "customer_id", "left")
    full = joined.join(of_departments(sales_by_order), "customer_id", "left").withColumns(
        {
            "lines_per_order": share("lines", "orders"),
            "spend_per_order": F.col("spend") / F.nullif("orders", F.lit(0)),
        }
    )
    return full.select(*with_zeros(contract.columns))


def with_zeros(columns: Iterable[Column]) -> list[C]:
    """The contract's columns; a required count or sum of nothing is 0."""

    def value(column: Column) -> C:
        here = F.col(column.name).cast(column.type)
        is_number = column.type not in ("boolean", "string", "date")
        return F.coalesce(here, F.lit(0).cast(column.type)) if column.required and is_number else here

    return [value(column).alias(column.name) for column in columns]


def share(part: str | C, whole: str | C) -> C:
    """A ratio as a double, null where there is no whole."""
    part, whole = (F.col(x) if isinstance(x, str) else x for x in (part, whole))
    return part.cast("double") / F.nullif(whole.cast("double"), F.lit(0.0))


def of_days(customer_days: DataFrame, as_of: date) -> DataFrame:
    """Orders and money, so far and in the last 28 and 91 days, ``as_of`` included."""
    sums = {"orders": F.sum("orders"), "order_days": F.count("*"), "spend": F.sum("spend"), "lines": F.sum("lines")}
    for days in (28, 91):
        is_within = F.col("ordered_on") > F.lit(as_of - timedelta(days=days))
        for name in ("orders", "spend"):
            sums[f"{name}_{days}d"] = F.sum(F.when(is_within, F.col(name)))
    card, coupon, match = (F.sum(name) for name in ("card_discount", "coupon_discount", "coupon_match"))
    sums |= {"card_discount": card, "coupon_discount": coupon + match}
    sums["discount_share"] = share(card + coupon + match, sums["spend"] + card + match)
    return customer_days.groupBy("customer_id").agg(*(value.alias(name) for name, value in sums.items()))


def of_orders(orders: DataFrame) -> DataFrame:
    """When and where the customer orders; the hour is local."""
    hour, weekday = F.hour("ordered_at"), F.weekday("ordered_on")
    counts = {"here": F.count("*"), "weekend": F.count_if(weekday >= 5)}
    counts |= {"morning": F.count_if(hour < 12), "evening": F.count_if(hour >= 17)}
    at_stores = orders.groupBy("customer_id", "store_id").agg(*(value.alias(name) for name, value in counts.items()))
    every = F.sum("here")
    return at_stores.groupBy("customer_id").agg(
        *(share(F.sum(when), every).alias(f"{when}_order_share") for when in ("weekend", "morning", "evening")),
        F.count("*").alias("stores"),
        favourite("store_id", "here").alias("favourite_store_id"),
        share(F.max("here"), every).alias("favourite_store_share"),
    )


def of_departments(sales_by_order: DataFrame) -> DataFrame:
    """What the customer buys; spend without a department counts, and is nobody's favourite."""
    by_department = (
        sales_by_order.groupBy("customer_id", "department")
        .agg(F.sum("private_label_sales").alias("own"), F.sum("sales").alias("sales"))
        .withColumn("named_sales", F.when(F.col("department").isNotNull(), F.col("sales")))
    )
    return by_department.groupBy("customer_id").agg(
        F.count("department").alias("departments"),
        favourite("department", "named_sales").alias("favourite_department"),
        share(F.max("named_sales"), F.sum("named_sales")).alias("favourite_department_share"),
        share(F.sum("own"), F.sum("sales")).alias("private_label_share"),
    )


def favourite(what: str, amount: str) -> C:
    """The ``what`` with most ``amount``; the lowest wins a tie, a null amount never wins."""
    return F.min_by(what, F.when(F.col(amount).isNotNull(), F.struct(-F.col(amount), F.col(what))))
