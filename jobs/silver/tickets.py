"""``silver.tickets``: who asked for help."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.silver import LINEAGE


def tickets(delivered: DataFrame) -> DataFrame:
    """Tickets of all channels, dated by the business's day."""
    return delivered.select(
        "channel",
        "ticket_id",
        "account_id",
        "opened_at",
        F.to_date("opened_at").alias("opened_on"),
        "closed_at",
        "satisfaction",
        "text",
        *LINEAGE,
    )
