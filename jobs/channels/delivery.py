"""The delivery platform: it says to whom an order goes, on each of its lines, and hides the middle of the number."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.channels import LINEAGE, line_id


def order_lines(delivery_orders: DataFrame) -> DataFrame:
    return delivery_orders.select(
        "order_id",
        line_id().alias("line_id"),
        F.lit("sale").alias("kind"),
        "product_id",
        F.col("user_id").alias("account_id"),
        "store_id",
        "ordered_at",
        "quantity",
        F.col("paid").alias("sales"),
        F.lit("USD").alias("currency"),
        "card_discount",
        "coupon_discount",
        "coupon_match",
        *LINEAGE,
    )


def orders(delivery_orders: DataFrame) -> DataFrame:
    return delivery_orders.select("order_id", F.col("user_id").alias("account_id"), "store_id", "ordered_at", *LINEAGE)


def accounts(delivery_orders: DataFrame) -> DataFrame:
    return delivery_orders.select(
        F.col("user_id").alias("account_id"), F.col("recipient").alias("name"), "phone", "address", *LINEAGE
    )
