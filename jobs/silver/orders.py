"""``silver.orders``: order heads."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.silver import LINEAGE


def orders(delivered: DataFrame) -> DataFrame:
    """Order heads of all channels, dated by the business's day; one row in for every line of the order."""
    return delivered.select(
        "channel",
        "order_id",
        "account_id",
        "store_id",
        "ordered_at",
        F.to_date("ordered_at").alias("ordered_on"),
        "payment_card",
        *LINEAGE,
    )
