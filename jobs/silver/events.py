"""``silver.events``: what people do on their way to an order."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.silver import LINEAGE


def events(delivered: DataFrame) -> DataFrame:
    """Events of all channels, dated by the business's day."""
    return delivered.select(
        "channel",
        "event_id",
        "session_id",
        "account_id",
        "happened_at",
        F.to_date("happened_at").alias("happened_on"),
        "event_type",
        "product_id",
        "category",
        *LINEAGE,
    )
