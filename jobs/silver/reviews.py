"""``silver.reviews``: what customers think."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.silver import LINEAGE


def reviews(delivered: DataFrame) -> DataFrame:
    """Reviews of all channels, dated by the business's day."""
    return delivered.select(
        "channel",
        "review_id",
        "account_id",
        "product_id",
        "stars",
        "reviewed_at",
        F.to_date("reviewed_at").alias("reviewed_on"),
        "text",
        *LINEAGE,
    )
