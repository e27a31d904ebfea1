"""Whose accounts are one customer's: a function of the set of links, in whatever order they came, by component.

The strongest links join first, and none joins two that cannot be one: what is left is the spanning forest of the
strongest links, cut at its weakest where it would hold two persons (constrained single linkage; Davidson and Ravi 2005,
Agglomerative Hierarchical Clustering with Constraints). What fits two persons equally well joins neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from jobs.identity.forest import Forest
from jobs.identity.pairs import USUAL, Limits

Pair = tuple[str, str]
REVIEW = pa.schema([("account_l", pa.string()), ("account_r", pa.string()), ("why", pa.string())])
RANK = {"same": 2, "certain": 1, "probable": 0}


@dataclass
class Component:
    """Links by pair, as (rank, bits); ``apart``: pairs that cannot be one, and why; ``far``: the same by account."""

    links: dict[Pair, tuple[int, float]] = field(default_factory=dict)
    apart: dict[Pair, str] = field(default_factory=dict)
    far: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    review: list[tuple[str, str, str]] = field(default_factory=list)


def clusters(
    accounts: Iterable[str], links: pa.Table, decisions: Collection[tuple[str, str, bool]], limits: Limits = USUAL
) -> tuple[dict[str, str], pa.Table]:
    """The cluster of each account, named by its first account in order of the alphabet; and what a person should see
    (``REVIEW``).

    ``links``: of ``linking.links``; ``decisions``: (account, account, are they one), a reviewer's, which outrank the
    model.
    """
    undisputed, disputed = _parted(links, decisions, limits)
    whole, found = _whole(disputed, decisions), {account: account for account in accounts} | undisputed
    review = list(whole.review)
    for part in _components(whole):
        found |= _joined(part, limits)
        review += part.review
    rows = [dict(zip(REVIEW.names, row, strict=True)) for row in sorted(set(review))]
    return found, pa.Table.from_pylist(rows, REVIEW)


def _parted(
    links: pa.Table, decisions: Collection[tuple[str, str, bool]], limits: Limits
) -> tuple[dict[str, str], pa.Table]:
    """The clusters of components in which nothing speaks against anything, so that all of it joins; and the links of
    the others, which are few."""
    decided = np.array([[one, other] for one, other, _ in decisions], object).reshape(-1, 2)
    ends = [np.concatenate([links[f"account_{side}"].to_numpy(), decided[:, n]]) for n, side in enumerate("lr")]
    place, names = pd.factorize(np.concatenate(ends), sort=True)
    left, right = np.split(place, 2)
    joins = np.append(links["kind"].to_numpy() != "different", np.ones(len(decided), bool))
    graph = coo_array((joins[joins], (left[joins], right[joins])), shape=(len(names), len(names)))
    many, of = connected_components(graph, directed=False)
    is_disputed = np.bincount(of, minlength=many) > limits.cluster
    is_disputed[of[left[~joins & (of[left] == of[right])]]] = True
    is_disputed[of[left[links.num_rows :]]] = True
    first = np.unique(of, return_index=True)[1][of]  # names are in order of the alphabet
    plain = ~is_disputed[of]
    found = dict(zip(names[plain].tolist(), names[first[plain]].tolist(), strict=True))
    return found, links.filter(pa.array(is_disputed[of[left[: links.num_rows]]]))


def _whole(links: pa.Table, decisions: Collection[tuple[str, str, bool]]) -> Component:
    said = {_pair(one, other): is_one for one, other, is_one in decisions}
    whole = Component()
    for row in links.select(["account_l", "account_r", "kind", "weight", "reason"]).to_pylist():
        pair = _pair(row["account_l"], row["account_r"])
        if row["account_l"] == row["account_r"]:
            whole.review.append((*pair, row["reason"]))
        elif pair in said:
            continue
        elif row["kind"] == "different":
            whole.apart[pair] = row["reason"]
        else:
            whole.links[pair] = (RANK[row["kind"]], row["weight"])
    whole.links |= {pair: (RANK["same"], 0.0) for pair, is_one in said.items() if is_one}
    whole.apart |= {pair: "a reviewer said so" for pair, is_one in said.items() if not is_one}
    return whole


def _components(whole: Component) -> list[Component]:
    """Of accounts that links hold together, each by itself."""
    of = Forest()
    for one, other in whole.links:
        of.join(one, other)
    parts = defaultdict[str, Component](Component)
    for pair in sorted(whole.links):
        parts[of.root(pair[0])].links[pair] = whole.links[pair]
    for (one, other), why in sorted(whole.apart.items()):
        if of.root(one) == of.root(other):
            part = parts[of.root(one)]
            part.apart[one, other] = why
            part.far[one].append(other)
            part.far[other].append(one)
    return [parts[root] for root in sorted(parts)]


def _joined(part: Component, limits: Limits) -> dict[str, str]:
    """The cluster of each account of the component; what was not joined goes to its ``review``."""
    of, near = Forest(), _near(part)
    for pair in sorted(part.links, key=lambda pair: (*(-of for of in part.links[pair]), pair)):
        one, other = of.root(pair[0]), of.root(pair[1])
        if one == other:
            continue
        if why := _apart(part, of, one, other):
            part.review.append((*pair, f"not joined: {why}"))
        elif part.links[pair][0] < RANK["same"] and (third := _rival(part, of, near, pair, limits.margin)):
            part.review.append((*pair, f"not joined: {third}"))
        elif len(of.members[one]) + len(of.members[other]) > limits.cluster:
            part.review.append((*pair, f"not joined: more than {limits.cluster} accounts"))
        else:
            of.join(one, other)
    return {account: min(of.members[of.root(account)]) for account in of.above}


def _near(part: Component) -> dict[str, list[str]]:
    found = defaultdict[str, list[str]](list)
    for one, other in sorted(part.links):
        found[one].append(other)
        found[other].append(one)
    return found


def _apart(part: Component, of: Forest, one: str, other: str) -> str:
    """Why two clusters cannot be one; nothing where they can."""
    small, large = sorted((of.members[one], of.members[other]), key=len)
    pairs = (_pair(this, that) for this in sorted(small) for that in part.far[this] if that in large)
    return next((f"{pair[0]} and {pair[1]}: {part.apart[pair]}" for pair in pairs), "")


def _rival(part: Component, of: Forest, near: dict[str, list[str]], pair: Pair, margin: float) -> str:
    """A third that one of the two could join as well, though it cannot be one with the other: who knows which?"""
    rank, bits = part.links[pair]
    for mine, theirs in (pair, pair[::-1]):
        for account in sorted(of.members[of.root(mine)]):
            for third in near[account]:
                to_third = part.links.get(_pair(account, third))
                is_close = to_third and to_third[0] == rank and to_third[1] > bits - margin
                is_other = of.root(third) not in (of.root(mine), of.root(theirs))
                if is_close and is_other and _apart(part, of, of.root(third), of.root(theirs)):
                    return f"{account} could as well be {third}"
    return ""


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one <= other else (other, one)
