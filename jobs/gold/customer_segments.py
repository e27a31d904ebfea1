"""``gold.customer_segments``: who buys alike."""

from pyspark.sql import DataFrame

from expectations.gold.customer_segments import customer_segments as contract
from expectations.models.segments import segments as asked
from jobs.models.buying_space import HOW_MUCH, WORDS
from jobs.models.scoring import Champion, scored


def customer_segments(
    customer_behaviour: DataFrame, customer_department_mix: DataFrame, segments: Champion
) -> DataFrame:
    """Each customer's segment, by the champion of the night; who only brought something back is in none."""
    asked_with = dict.fromkeys(("customer_id", *HOW_MUCH, *WORDS))
    customers = customer_behaviour.where(asked.asks).select(*asked_with)
    return scored(customers.join(customer_department_mix, "customer_id", "left"), segments, contract)
