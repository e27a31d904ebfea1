"""Whose accounts are one customer's. A function of the set of links, component by component, in whatever order they came.

The strongest links join first, and none joins two that cannot be one: what is left is the spanning forest of the
strongest links, cut at its weakest where it would hold two persons (constrained single linkage; Davidson and Ravi 2005,
Agglomerative Hierarchical Clustering with Constraints). Before that, an account that fits two persons equally well
joins neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import pyarrow as pa

from jobs.identity.pairs import Limits

Pair = tuple[str, str]
REVIEW = pa.schema([("account_l", pa.string()), ("account_r", pa.string()), ("why", pa.string())])
RANK = {"same": 2, "certain": 1, "probable": 0}


@dataclass
class Component:
    """Links by pair, as (rank, bits); ``apart``: pairs that cannot be one, and why."""

    links: dict[Pair, tuple[int, float]] = field(default_factory=dict)
    apart: dict[Pair, str] = field(default_factory=dict)
    review: list[tuple[str, str, str]] = field(default_factory=list)


def clusters(
    accounts: Iterable[str], links: pa.Table, decisions: Collection[tuple[str, str, bool]], limits: Limits = Limits()
) -> tuple[dict[str, str], pa.Table]:
    """The cluster of each account, named by its first account in order of the alphabet; and what a person should see
    (``REVIEW``).

    ``links``: of ``linking.links``; ``decisions``: (account, account, are they one), a reviewer's, which outrank the
    model.
    """
    whole, found = _whole(links, decisions), {account: account for account in accounts}
    review = list(whole.review)
    for part in _components(whole):
        _undecided(part, limits)
        found |= _joined(part, limits)
        review += part.review
    rows = [dict(zip(REVIEW.names, row, strict=True)) for row in sorted(set(review))]
    return found, pa.Table.from_pylist(rows, REVIEW)


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
    of = _Forest()
    for one, other in whole.links:
        of.join(one, other)
    parts = defaultdict[str, Component](Component)
    for pair in sorted(whole.links):
        parts[of.root(pair[0])].links[pair] = whole.links[pair]
    for (one, other), why in sorted(whole.apart.items()):
        if of.root(one) == of.root(other):
            parts[of.root(one)].apart[one, other] = why
    return [parts[root] for root in sorted(parts)]


def _undecided(part: Component, limits: Limits) -> None:
    """An account with links to two that cannot be one keeps the better; where neither is better, neither."""
    near = defaultdict[str, dict[str, tuple[int, float]]](dict)
    for (one, other), strength in part.links.items():
        near[one][other] = near[other][one] = strength
    lost = set[Pair]()
    for one, other in part.apart:
        for account in sorted(near[one].keys() & near[other].keys()):
            to_one, to_other = near[account][one], near[account][other]
            is_close = to_one[0] == to_other[0] and abs(to_one[1] - to_other[1]) < limits.margin
            better = max((to_one, one), (to_other, other))[1]
            lost |= {_pair(account, of) for of in (one, other) if is_close or of != better}
            if is_close:
                part.review.append((account, one, f"could as well be {other}"))
    for pair in lost:
        if part.links[pair][0] < RANK["same"]:
            del part.links[pair]


def _joined(part: Component, limits: Limits) -> dict[str, str]:
    """The cluster of each account of the component, and what had to be cut."""
    of = _Forest()
    strongest = sorted(part.links, key=lambda pair: (*(-of for of in part.links[pair]), pair))
    for pair in strongest:
        one, other = of.root(pair[0]), of.root(pair[1])
        if one == other:
            continue
        against = [
            (*apart, why)
            for apart, why in part.apart.items()
            if {of.root(apart[0]), of.root(apart[1])} == {one, other}
        ]
        if against:
            part.review.append((*pair, f"not joined: {against[0][0]} and {against[0][1]}: {against[0][2]}"))
        elif len(of.members[one]) + len(of.members[other]) > limits.cluster:
            part.review.append((*pair, f"not joined: more than {limits.cluster} accounts"))
        else:
            of.join(one, other)
    return {account: min(of.members[of.root(account)]) for account in of.above}


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one <= other else (other, one)


class _Forest:
    """Disjoint sets."""

    def __init__(self) -> None:
        self.above, self.members = dict[str, str](), dict[str, set[str]]()

    def root(self, account: str) -> str:
        self.members.setdefault(account, {account}) if account not in self.above else None
        self.above.setdefault(account, account)
        while self.above[account] != account:
            self.above[account] = account = self.above[self.above[account]]
        return account

    def join(self, one: str, other: str) -> None:
        small, large = sorted((self.root(one), self.root(other)), key=lambda root: (len(self.members[root]), root))
        if small != large:
            self.above[small] = large
            self.members[large] |= self.members.pop(small)
