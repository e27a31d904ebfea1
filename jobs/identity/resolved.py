"""Tables of the lake -> clusters: what ``silver.customers`` and ``silver.identity_review`` share."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import pyarrow as pa

from jobs.identity.clusters import clusters

DECIDED = "a data steward said so"


def resolved(
    accounts: Iterable[str], links: pd.DataFrame, decisions: pd.DataFrame
) -> tuple[dict[str, str], pd.DataFrame, pa.Table]:
    """The cluster of each account, the links that hold clusters together, and what a person should look at."""
    decided = [*decisions[["account_id", "other_account_id", "is_same"]].itertuples(index=False, name=None)]
    named = links.rename(columns={"account_id": "account_l", "other_account_id": "account_r"})
    cluster, review = clusters(accounts, pa.Table.from_pandas(named, preserve_index=False), decided)
    said = pd.DataFrame([pair for *pair, is_same in decided if is_same], columns=["account_id", "other_account_id"])
    for_it = links[links["kind"] != "different"]
    known = pd.concat([for_it, said.assign(probability=1.0, weight=float("inf"), reason=DECIDED)], ignore_index=True)
    together = known["account_id"].map(cluster) == known["other_account_id"].map(cluster)
    return cluster, known[together], review
