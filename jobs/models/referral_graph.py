"""The graph of referrals, measured whole in one Python worker, where a million pairs take 1 GB."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from expectations.gold.customer_influence import customer_influence as contract
from jobs.arrow import arrow_type
from jobs.statistics.pagerank import below, pagerank

NOBODY = -1  # whose account nobody knows
TIERS = {"top": 0.1, "high": 0.3, "middle": 0.6, "low": 1.0}  # part of those who brought somebody that ranks higher
BATCH = 10_000  # rows that Spark takes at a time
LATER = ("bought_after_referral", "why")  # added by Spark
MEASURED = [column for column in contract.columns if column.name not in LATER]
COUNTS = [column.name for column in MEASURED if column.required and column.type == "long"]
SCHEMA = pa.schema([(column.name, arrow_type(column.type)) for column in MEASURED])


def measured(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Of all pairs of who referred (``by``) and who came (``came``), each once: a row for each customer.

    ``accounts`` were referred, the first ``on`` a day, counted from any other; ``is_new`` on it, ``is_again``: bought
    again. ``anyway``: share of the ``others`` that bought again; null for who is not compared.
    """
    tables = list(batches)
    if not tables:
        return
    pairs = pa.Table.from_batches(tables).to_pandas().sort_values(["came", "on", "by"], ignore_index=True)
    ids = np.unique(pairs[["by", "came"]].to_numpy())
    ids = ids[ids != NOBODY]
    places = {name: np.searchsorted(ids, pairs[of]) for name, of in (("here", "came"), ("there", "by"))}
    found = graph(pairs.assign(**places), ids)
    yield from pa.Table.from_pandas(found, SCHEMA, preserve_index=False).to_batches(BATCH)


def graph(pairs: pd.DataFrame, ids: NDArray[np.int64]) -> pd.DataFrame:
    """``here`` and ``there``: the places of ``came`` and ``by`` in ``ids``. Sorted by who came, the earliest first."""
    n, is_own = len(ids), pairs["by"] == pairs["came"]
    real = only_new(pairs[~is_own & (pairs["came"] != NOBODY)], n)
    first, parent, start = real.drop_duplicates("here"), np.full(n, NOBODY), np.ones(n)
    parent[first["here"]] = first["there"]
    reach, depth, is_circle = below(parent)
    brought = first[~is_circle[first["here"]]]
    start[brought["here"]] += brought["is_again"]
    source, target, weight = (real[name].to_numpy() for name in ("here", "there", "accounts"))
    ranks = pagerank(source, target, weight, start)
    referred = np.bincount(brought["there"], minlength=n)
    found = {
        "customer_id": ids,
        "referred_by": pd.Series(ids[brought["there"]], brought["here"]),
        "referrals": pairs.groupby("there")["accounts"].sum(),
        "own_referrals": pairs[is_own].groupby("there")["accounts"].sum(),
        "referred": referred,
        "reach": reach,
        "depth": depth,
        "pagerank": ranks,
        "influence_tier": tiers(ranks, referred),
    }
    return pd.DataFrame({**found, **compared(brought)}, index=range(n)).fillna(dict.fromkeys(COUNTS, 0))


def only_new(pairs: pd.DataFrame, n: int) -> pd.DataFrame:
    """Where somebody came who, before that day, had neither bought nor brought anybody."""
    began = np.full(n, np.inf)
    np.minimum.at(began, pairs["there"], pairs["on"])
    return pairs[pairs["is_new"] & (began[pairs["here"]] >= pairs["on"])]


def tiers(ranks: NDArray[np.float64], referred: NDArray[np.int64]) -> NDArray[np.object_]:
    """Who has the same rank, but for the last digits, has the same tier."""
    found, brings = np.full(len(ranks), "none", object), referred > 0
    rounded = np.round(ranks[brings] * len(ranks), 9)
    higher = (len(rounded) - np.searchsorted(np.sort(rounded), rounded, "right")) / max(len(rounded), 1)
    found[brings] = np.array(list(TIERS))[np.searchsorted(list(TIERS.values()), higher, "right")]
    return found


def compared(brought: pd.DataFrame) -> dict[str, pd.Series]:
    """By who brought them."""
    of = brought[brought["anyway"].notna()].groupby("there")
    return {
        "compared": of.size(),
        "bought_again": of["is_again"].sum(),
        "bought_anyway": of["anyway"].mean(),
        "fewest_others": of["others"].min(),
    }
