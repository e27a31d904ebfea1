"""``gold.customer_clv``: what is expected of each customer."""

from datetime import date

from pyspark.sql import DataFrame

from expectations.gold.customer_clv import customer_clv as contract
from jobs.models.histories import histories
from jobs.models.lifetime_value import INPUTS
from jobs.models.scoring import Champion, scored


def customer_clv(customer_days: DataFrame, clv: Champion, as_of: date) -> DataFrame:
    """Each customer's history up to ``as_of``, scored by the champion of that night."""
    return scored(histories(customer_days, as_of).select("customer_id", *INPUTS), clv, contract)
