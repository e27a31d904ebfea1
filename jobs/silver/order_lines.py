"""``silver.order_lines``: what all channels have in common to do."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.silver import LINEAGE


def order_lines(delivered: DataFrame) -> DataFrame:
    """Order lines of all channels, dated by the business's day."""
    return delivered.select(
        "channel",
        "order_id",
        "line_id",
        "kind",
        "product_id",
        "account_id",
        "store_id",
        "ordered_at",
        F.to_date("ordered_at").alias("ordered_on"),
        "quantity",
        "sales",
        "currency",
        "card_discount",
        "coupon_discount",
        "coupon_match",
        *LINEAGE,
    )
