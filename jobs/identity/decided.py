"""What people decided, as a sample of how right the links are by themselves; and what follows where they are not."""

from __future__ import annotations

import pandas as pd
from scipy.special import bdtrc

from jobs.identity.resolved import PAIR, resolved

SURELY = 0.05  # a share that high or higher comes by chance this rarely


def decided_pairs(accounts: pd.DataFrame, links: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """Decided pairs of accounts that are known: ``PAIR``, is_same (people's word), is_joined (by the links alone)."""
    known = {*accounts["account_id"]} if len(decisions) else set()
    of = decisions[decisions[PAIR[0]].isin(known) & decisions[PAIR[1]].isin(known)]
    cluster, _ = resolved(known, links, decisions.iloc[:0])
    joined = of[PAIR[0]].map(cluster) == of[PAIR[1]].map(cluster)
    return of.assign(is_joined=joined, is_same=of["is_same"].astype(bool))


def is_surely_over(allowed: float, wrong: int, of: int) -> bool:
    """The true share of wrong ones is over ``allowed``, by the exact one-sided test (Clopper and Pearson 1934): a few
    pairs prove nothing."""
    return bool(bdtrc(wrong - 1, of, allowed) < SURELY)


def only_as_before(links: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """What speaks against, and the links within the customers of the night before: nobody is joined anew. All of them
    where there was no such night."""
    was = before.set_index("account_id")["customer_id"]
    within = links[PAIR[0]].map(was) == links[PAIR[1]].map(was)
    return links[within | (links["kind"] == "different")] if len(before) else links
