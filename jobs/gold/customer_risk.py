"""``gold.customer_risk``: which customers a person should look at."""

from pyspark.sql import DataFrame

from expectations.gold.customer_risk import customer_risk as contract
from jobs.models.scoring import Champion, scored


def customer_risk(customer_risk_features: DataFrame, risk: Champion) -> DataFrame:
    """Each customer, scored by the champion of the night."""
    return scored(customer_risk_features, risk, contract)
