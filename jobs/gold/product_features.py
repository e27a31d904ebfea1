"""``gold.product_features``: what all customers together tell of a product."""

from datetime import date, timedelta

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from expectations.gold.product_features import product_features as contract

WINDOWS = (14, 90)  # days
OF_KIND, OF_ALL = 10, 20  # days that what is usual in the kind, and in the shop, weighs as


def product_features(customer_products: DataFrame, products: DataFrame, as_of: date) -> DataFrame:
    """Of what is in the master of ``as_of``."""
    bought = customer_products.groupBy("product_id").agg(
        F.count("*").alias("buyers"),
        *(F.count_if(is_within(days, as_of)).alias(f"buyers_{days}d") for days in WINDOWS),
        F.sum("asked_days").alias("asked"),
        F.sum("rebought_days").alias("again"),
    )
    last = customer_products.groupBy("customer_id").agg(F.max("last_bought_on").alias("last_bought_on"))
    customers = last.agg(*(F.count_if(is_within(days, as_of)).alias(f"customers_{days}d") for days in WINDOWS))
    known = bought.join(products.withColumns({"kind": kind(), "words": words()}), "product_id").crossJoin(
        F.broadcast(customers)
    )
    return known.withColumns(
        {
            **{
                f"reach_{days}d": (F.col(f"buyers_{days}d") + 1) / (F.col(f"customers_{days}d") + 1) for days in WINDOWS
            },
            "rebought": rebought(),
            "kind_share": F.col("buyers_90d")
            / F.greatest(F.sum("buyers_90d").over(Window.partitionBy("kind")), F.lit(1)),
        }
    ).select(*(column.name for column in contract.columns))


def is_within(days: int, as_of: date) -> Column:
    return F.col("last_bought_on") > F.lit(as_of - timedelta(days=days))


def kind() -> Column:
    """All that the master says of what it is."""
    said = F.concat_ws(" / ", "department", "category", "product_type")
    return F.coalesce(F.nullif(said, F.lit("")), "product_id")


def words() -> Column:
    """What people know it by."""
    typed = F.concat("product_type", F.lit(" ("), "product_id", F.lit(")"))
    return F.coalesce("product_name", typed, "product_id")


def rebought() -> Column:
    """Of its days those that were followed by another, shrunk to its kind, and that to all."""

    def of(what: str, *by: str) -> Column:
        return F.sum(what).over(Window.partitionBy(*by))

    of_all = (of("again") + 1) / (of("asked") + 2)
    of_kind = (of("again", "kind") + OF_ALL * of_all) / (of("asked", "kind") + OF_ALL)
    return (F.col("again") + OF_KIND * of_kind) / (F.col("asked") + OF_KIND)
