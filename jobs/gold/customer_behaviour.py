"""``gold.customer_behaviour``: how, when and what a customer buys."""

from collections.abc import Iterable
from datetime import date, timedelta

from pyspark.sql import Column as C
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from expectations.contract import Column
from expectations.gold.customer_behaviour import customer_behaviour as contract
from jobs.money import total


def customer_behaviour(
    customer_days: DataFrame,
    account_store_days: DataFrame,
    account_department_days: DataFrame,
    customers: DataFrame,
    as_of: date,
) -> DataFrame:
    """One row per customer with an order or a return; habits are of what was sold."""
    whose = customers.select("account_id", "customer_id")
    at_stores, of_kinds = (days.join(whose, "account_id") for days in (account_store_days, account_department_days))
    joined = of_days(customer_days, as_of).join(of_stores(at_stores), "customer_id", "left")
    full = joined.join(of_departments(of_kinds), "customer_id", "left").withColumns(
        {
            "lines_per_order": share("lines", "orders"),
            "spend_per_order": F.col("purchased") / F.nullif("orders", F.lit(0)),
            "returned_share": within_one(share("returned", "purchased")),
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


def within_one(ratio: C) -> C:
    """A share of money that went both ways can leave [0, 1], as where the purchase came before the data begin."""
    return F.when(ratio.isNotNull(), F.greatest(F.lit(0.0), F.least(F.lit(1.0), ratio)))


def of_days(customer_days: DataFrame, as_of: date) -> DataFrame:
    """Orders and money, so far and in the last 28 and 91 days, ``as_of`` included."""
    sums = {name: F.sum(name) for name in ("orders", "lines")}
    sums |= {name: total(name) for name in ("purchased", "returned", "spend")}
    sums["order_days"] = F.count_if(F.col("orders") > 0)
    for days in (28, 91):
        is_within = F.col("ordered_on") > F.lit(as_of - timedelta(days=days))
        sums[f"orders_{days}d"] = F.sum(F.when(is_within, F.col("orders")))
        sums[f"spend_{days}d"] = total(F.when(is_within, F.col("spend")))
    card, coupon, match = (total(name) for name in ("card_discount", "coupon_discount", "coupon_match"))
    sums |= {"card_discount": card, "coupon_discount": coupon + match}
    sums["discount_share"] = within_one(share(card + coupon + match, sums["purchased"] + card + match))
    return customer_days.groupBy("customer_id").agg(*(value.alias(name) for name, value in sums.items()))


def of_stores(store_days: DataFrame) -> DataFrame:
    """When and where the customer orders."""
    is_weekend = F.weekday("ordered_on") >= 5
    counts = {"here": F.sum("orders"), "weekend": F.sum(F.when(is_weekend, F.col("orders")).otherwise(0))}
    counts |= {name: F.sum(name) for name in ("timed", "morning", "evening")}
    stores = store_days.groupBy("customer_id", "store_id").agg(*(value.alias(name) for name, value in counts.items()))
    at_a_store = F.when(F.col("store_id").isNotNull(), F.col("here"))
    every = stores.withColumn("at_a_store", at_a_store).groupBy("customer_id")
    return every.agg(
        share(F.sum("weekend"), F.sum("here")).alias("weekend_order_share"),
        *(share(F.sum(when), F.sum("timed")).alias(f"{when}_order_share") for when in ("morning", "evening")),
        F.count("store_id").alias("stores"),
        favourite("store_id", "at_a_store").alias("favourite_store_id"),
        share(F.max("at_a_store"), F.sum("here")).alias("favourite_store_share"),
    )


def of_departments(department_days: DataFrame) -> DataFrame:
    """What the customer buys; sales without a department count, and are nobody's favourite."""
    by_department = (
        department_days.groupBy("customer_id", "department")
        .agg(total("private_label_sales").alias("own"), total("sales").alias("sales"))
        .withColumn("named_sales", F.when(F.col("department").isNotNull(), F.col("sales")))
    )
    return by_department.groupBy("customer_id").agg(
        F.count("department").alias("departments"),
        favourite("department", "named_sales").alias("favourite_department"),
        share(F.max("named_sales"), F.sum("named_sales")).alias("favourite_department_share"),
        share(F.sum("own"), F.sum("sales")).alias("private_label_share"),
    )


def favourite(what: str, amount: str | C) -> C:
    """The ``what`` with most ``amount``; the lowest wins a tie, a null amount never wins."""
    amount = F.col(amount) if isinstance(amount, str) else amount
    return F.min_by(what, F.when(amount.isNotNull(), F.struct(-amount, F.col(what))))
