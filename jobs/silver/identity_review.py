"""``silver.identity_review``: what identity leaves to people."""

import pyarrow as pa
from pyspark.sql import DataFrame

from expectations.silver.identity_review import identity_review as contract
from jobs.arrow import shaped
from jobs.identity.resolved import resolved


def identity_review(account_numbers: DataFrame, identity_links: DataFrame, identity_decisions: DataFrame) -> pa.Table:
    """One row per link that was not taken, and per account that names two persons (the same account twice)."""
    accounts = account_numbers.select("account_id").toPandas()["account_id"]
    _, _, review = resolved(accounts, identity_links.toPandas(), identity_decisions.toPandas())
    names = {"account_l": "account_id", "account_r": "other_account_id", "why": "reason"}
    rows = review.rename_columns([names[name] for name in review.column_names]).to_pandas()
    return shaped(rows.drop_duplicates(list(contract.key)), contract)
