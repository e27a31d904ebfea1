"""Who is who, from what accounts say, as the nights find it out: what it gives, and what each step takes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.timing import cost
from jobs.identity import model
from jobs.identity.clusters import clusters
from jobs.identity.linking import links
from jobs.identity.prepared import prepare


@dataclass(frozen=True)
class Told:
    """What accounts say: ``records``, ``paid`` and ``quoted`` of ``prepare``."""

    records: pa.Table
    paid: pa.Table | None = None
    quoted: pa.Table | None = None

    def without(self, accounts: Collection[str]) -> Told:
        """As it was before they came."""
        gone = pa.array([*accounts], pa.string())
        return Told(*(of and of.filter(pc.invert(pc.is_in(of["account_id"], gone))) for of in vars(self).values()))


@dataclass(frozen=True)
class Resolved:
    """``pairs``: how many were compared; ``seconds``: of each step."""

    clusters: dict[str, str]
    review: pa.Table
    links: pa.Table
    pairs: int
    model: model.Model
    seconds: dict[str, float]


def resolved(told: Told) -> Resolved:
    """From nothing: learned, compared, put together."""
    prepared, took, _ = cost(prepare, *vars(told).values())
    learned, learning, _ = cost(model.fit, prepared)
    return _joined(prepared, learned, {"prepare": took, "fit": learning})


def linked(told: Told, learned: model.Model) -> Resolved:
    """By a model that is there."""
    prepared, took, _ = cost(prepare, *vars(told).values())
    return _joined(prepared, learned, {"prepare": took})


def _joined(prepared: pa.Table, learned: model.Model, before: dict[str, float]) -> Resolved:
    (found, _, pairs), linking, _ = cost(links, prepared, learned)
    (of, review), clustering, _ = cost(clusters, prepared["account_id"].unique().to_pylist(), found, [])
    return Resolved(of, review, found, pairs, learned, before | {"links": linking, "clusters": clustering})


def checked(night: Resolved, whole: Resolved) -> dict[str, float]:
    """What a night costs; what it gives must be what a comparison of all gives."""
    assert night.links.equals(whole.links) and night.clusters == whole.clusters, "a night is no rebuild"
    return {"seconds": sum(night.seconds.values()), "share of pairs": night.pairs / whole.pairs}


def one_more_night(told: Told, before: Resolved, changed: Collection[str], is_new: bool) -> Resolved:
    """Of accounts that say something else than before, or were not there; put together with all others."""
    prepared, preparing, _ = cost(prepare, *vars(told).values())
    new = changed if is_new else ()
    (found, touched, pairs), linking, _ = cost(links, prepared, before.model, {*changed}, {*new})
    ids, was = pa.array([*touched], pa.string()), before.links
    stays = pc.invert(pc.or_(pc.is_in(was["account_l"], ids), pc.is_in(was["account_r"], ids)))
    every = pa.concat_tables([was.filter(stays), found]).sort_by([(f"account_{side}", "ascending") for side in "lr"])
    accounts = prepared["account_id"].unique().to_pylist()
    (of, review), clustering, _ = cost(clusters, accounts, every, [])
    steps = {"prepare": preparing, "links": linking, "clusters": clustering}
    return Resolved(of, review, every, pairs, before.model, steps)
