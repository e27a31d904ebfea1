"""Is it one person of a home, or are they two? Where two accounts share a home, a telephone or a payment card, what is
left counts: what they say, and of which doors they are. One person seldom has two accounts of one door, and how seldom
is learned, door by door.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jobs.identity.comparisons import EVERY

SHARED = ("l.phone_digits = r.phone_digits", "l.address_key = r.address_key")
ROUNDS, LIKE_ANY, FEW = 200, 0.1, 0.5  # FEW: pairs that each level is taken to have had (Jeffreys)
Home = dict[str, Any]


def fit(pairs: pa.Table, kinds: Collection[str], strangers: Mapping[str, Sequence[float]]) -> Home:
    """``prior``: share of pairs of a home that are one person's; ``bits``: log2(m/u) of each level of each kind;
    ``doors``: the same of two accounts of one door, by door, and of accounts of two (``""``).

    ``pairs``: ``gamma_``, ``door_l`` and ``door_r`` of pairs that share a home. Expectation maximisation (Dempster,
    Laird and Rubin 1977) over two classes in which the kinds are independent (Fellegi and Sunter 1969). Two of them,
    the door counted, must be known of a pair: one by itself cannot tell the classes apart.

    ``strangers``: the share of each level in pairs of any two, by kind. But for their names, two of a home are much
    like any two: ``LIKE_ANY`` times as many pairs as there are, are taken to have shown it. Otherwise the second class
    would be the errors of one person where hardly a home has two.
    """
    personal = [kind for kind in kinds if EVERY[kind].is_personal]
    doors = ["", *sorted({*_door(pairs).drop_null().to_pylist()} - {""})]
    seen, many = np.unique(_seen(pairs, personal, doors), axis=0, return_counts=True)
    is_told = (seen >= 0).sum(axis=1) > 1
    seen, many = seen[is_told], many[is_told]
    levels = [*(len(EVERY[kind].levels) for kind in personal), len(doors)]
    one, two = ([*(_start(kind, is_one) for kind in personal), np.ones(len(doors))] for is_one in (True, False))
    before = [*(LIKE_ANY * many.sum() * np.array(strangers.get(kind, 0.0)) for kind in personal), 0.0]
    prior = 0.5
    for _ in range(ROUNDS):
        bits = [np.log2(m / u) for m, u in zip(one, two, strict=True)]
        is_one = 1 / (1 + 2.0 ** -(np.log2(prior / (1 - prior)) + _sum(seen, bits)))
        prior = float(np.clip((many @ is_one + FEW) / (many.sum() + 2 * FEW), 0.01, 0.99))
        one = [_shares(seen[:, n], many * is_one, size, FEW) for n, size in enumerate(levels)]
        two = [_shares(seen[:, n], many * (1 - is_one), size, FEW + before[n]) for n, size in enumerate(levels)]
    *of_kinds, of_doors = ([float(bit) for bit in np.log2(m / u)] for m, u in zip(one, two, strict=True))
    bits_of = dict(zip(personal, of_kinds, strict=True))
    return {"prior": prior, "bits": bits_of, "doors": dict(zip(doors, of_doors, strict=True))}


def weight(home: Home, pairs: pa.Table) -> np.ndarray:
    """Bits for one person rather than two of the home, shape (n,)."""
    bits = [np.array(of) for of in (*home["bits"].values(), [*home["doors"].values()])]
    seen = _seen(pairs, home["bits"], [*home["doors"]])
    return float(np.log2(home["prior"] / (1 - home["prior"]))) + _sum(seen, bits)


def _seen(pairs: pa.Table, kinds: Collection[str], doors: Sequence[str]) -> np.ndarray:
    """The number of the level by kind, and that of the door; -1 where it is not known. Shape (pairs, kinds + 1)."""
    door = pc.index_in(_door(pairs), pa.array(doors, pa.string())).fill_null(-1)
    return np.column_stack([*(pairs[f"gamma_{kind}"].to_numpy() for kind in kinds), door.to_numpy()]).astype(int)


def _door(pairs: pa.Table) -> pa.ChunkedArray:
    """Of which door both accounts are, ``""`` where they are of two; null where that is not known."""
    return pc.if_else(pc.equal(pairs["door_l"], pairs["door_r"]), pairs["door_l"], "")


def _start(kind: str, is_one: bool) -> np.ndarray:
    """By Splink's number of the level, the worst first: levels that agree are frequent in one person."""
    weights = [3.0 if (level.means == "agrees") == is_one else 1.0 for level in EVERY[kind].levels[::-1]]
    return np.array(weights) / sum(weights)


def _sum(seen: np.ndarray, bits: list[np.ndarray]) -> np.ndarray:
    return sum((np.where(seen[:, n] >= 0, of[seen[:, n]], 0.0) for n, of in enumerate(bits)), np.zeros(len(seen)))


def _shares(gammas: np.ndarray, weights: np.ndarray, size: int, before: float | np.ndarray) -> np.ndarray:
    known = gammas >= 0
    counts = np.bincount(gammas[known], weights[known], size) + before
    return counts / counts.sum()
