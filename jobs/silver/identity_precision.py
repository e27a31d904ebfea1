"""``silver.identity_precision``: of the pairs that identity joins, those that people decided on."""

import pyarrow as pa
from pyspark.sql import DataFrame

from expectations.silver.identity_precision import identity_precision as contract
from jobs.arrow import shaped
from jobs.identity.decided import decided_pairs


def identity_precision(
    account_numbers: DataFrame, identity_links: DataFrame, identity_decisions: DataFrame
) -> pa.Table:
    """One row per decided pair that the links alone join."""
    pairs = decided_pairs(*(of.toPandas() for of in (account_numbers, identity_links, identity_decisions)))
    return shaped(pairs[pairs["is_joined"]], contract)
