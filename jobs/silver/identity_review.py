"""``silver.identity_review``: what identity leaves to people."""

import pyarrow as pa
from pyspark.sql import DataFrame

from expectations.silver.identity_review import identity_review as contract
from jobs.arrow import shaped
from jobs.identity.resolved import PAIR, resolved


def identity_review(account_numbers: DataFrame, identity_links: DataFrame, identity_decisions: DataFrame) -> pa.Table:
    """One row per link that was not taken, and per account that names two persons (the same account twice)."""
    accounts, links, decisions = (of.toPandas() for of in (account_numbers, identity_links, identity_decisions))
    _, review = resolved(accounts["account_id"], links, decisions)
    rows = review.to_pandas().rename(columns={"account_l": PAIR[0], "account_r": PAIR[1], "why": "reason"})
    return shaped(rows.drop_duplicates(PAIR), contract)
