"""``silver.identity_recall``: of the pairs that people found one person's, those that identity joins."""

import pyarrow as pa
from pyspark.sql import DataFrame

from expectations.silver.identity_recall import identity_recall as contract
from jobs.arrow import shaped
from jobs.identity.decided import decided_pairs


def identity_recall(account_numbers: DataFrame, identity_links: DataFrame, identity_decisions: DataFrame) -> pa.Table:
    """One row per pair that people found one person's."""
    pairs = decided_pairs(*(of.toPandas() for of in (account_numbers, identity_links, identity_decisions)))
    return shaped(pairs[pairs["is_same"]], contract)
