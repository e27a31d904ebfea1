"""``gold.customer_segments``: who buys alike."""

from pyspark.sql import DataFrame

from expectations.gold.customer_segments import customer_segments as contract
from expectations.models.segments import segments as asked
from jobs.models.scoring import Champion, scored
from jobs.models.segmentation import FEATURES


def customer_segments(customer_behaviour: DataFrame, segments: Champion) -> DataFrame:
    """Each customer's segment, by the champion of the night; who only brought something back is in none."""
    return scored(customer_behaviour.where(asked.asks).select("customer_id", *FEATURES), segments, contract)
