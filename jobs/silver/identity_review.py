"""``silver.identity_review``: what identity leaves to people."""

import pandas as pd
import pyarrow as pa
from pyspark.sql import DataFrame

from expectations.silver.identity_review import identity_review as contract
from jobs.arrow import shaped
from jobs.identity.resolved import PAIR, resolved

HELD = "not joined: people find too many joined wrongly (silver.identity_precision), so nobody is joined anew"


def identity_review(
    account_numbers: DataFrame, identity_links: DataFrame, identity_decisions: DataFrame, customers: DataFrame
) -> pa.Table:
    """One row per link that was not taken, and per account that names two persons (the same account twice)."""
    accounts, links, decisions = (of.toPandas() for of in (account_numbers, identity_links, identity_decisions))
    cluster, review = resolved(accounts["account_id"], links, decisions)
    told = review.to_pandas().rename(columns={"account_l": PAIR[0], "account_r": PAIR[1], "why": "reason"})
    whose = customers.toPandas().set_index("account_id")["customer_id"]
    joined = links[links[PAIR[0]].map(cluster) == links[PAIR[1]].map(cluster)]
    held = joined[joined[PAIR[0]].map(whose) != joined[PAIR[1]].map(whose)]
    rows = pd.concat([told, held[PAIR].assign(reason=HELD)])
    return shaped(rows.drop_duplicates(PAIR), contract)
