"""``gold.customer_clv``: what is expected of each customer."""

from pyspark.sql import DataFrame

from expectations.gold.customer_clv import customer_clv as contract
from jobs.models.scoring import Champion, scored


def customer_clv(customer_features: DataFrame, clv: Champion) -> DataFrame:
    """Each customer's history, scored by the champion of the night."""
    return scored(customer_features, clv, contract)
