"""Tables of the lake -> clusters: what ``silver.customers`` and ``silver.identity_review`` share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
import pyarrow as pa

from jobs.identity.clusters import clusters

PAIR = ["account_id", "other_account_id"]
DECIDED = "a data steward said so"


def resolved(accounts: Iterable[str], links: pd.DataFrame, decisions: pd.DataFrame) -> tuple[dict[str, str], pa.Table]:
    """The cluster of each account, and what a person should look at: of ``clusters``."""
    decided = [*decisions[[*PAIR, "is_same"]].itertuples(index=False, name=None)]
    named = links.rename(columns=dict(zip(PAIR, ("account_l", "account_r"), strict=True)))
    return clusters(accounts, pa.Table.from_pandas(named, preserve_index=False), decided)


def surest(cluster: Mapping[str, str], links: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """Of each account the surest of the links that hold its cluster together: ``PAIR``, probability, reason. Who is
    alone has none."""
    decided = decisions.loc[decisions["is_same"].astype(bool), PAIR]
    said = decided.assign(probability=1.0, weight=float("inf"), reason=DECIDED)
    known = pd.concat([links[links["kind"] != "different"], said], ignore_index=True)
    held = known[known[PAIR[0]].map(cluster) == known[PAIR[1]].map(cluster)]
    turned = held.rename(columns=dict(zip(PAIR, PAIR[::-1], strict=True)))
    both = pd.concat([held, turned], ignore_index=True)
    ranked = both.sort_values(["probability", "weight", PAIR[1]], ascending=[False, False, True])
    return ranked.drop_duplicates(PAIR[0])[[*PAIR, "probability", "reason"]]
