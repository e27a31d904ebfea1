"""Are they still those that a model learned from? Population stability index (Siddiqi 2006, Credit Risk Scorecards)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import chdtri

TENTHS = 10
WARNING, BY_CHANCE = 0.25, 0.001  # Siddiqi's "a significant shift"; how seldom it is none


@dataclass(frozen=True)
class Histogram:
    """``edges`` of bins, each of which ends at its edge; one more has none. ``counts``: of the bins and, last, of what
    is missing."""

    edges: list[float]
    counts: list[int]

    def asked(self, column: str) -> list[str]:
        """SQL aggregates that count the same of other rows: up to each edge, all, and all that are missing."""
        upto = [f"count(*) filter (where {column} <= {edge!r})" for edge in self.edges]
        return [*upto, f"count({column})", f"count(*) - count({column})"]

    def shift(self, answered: Sequence[int]) -> tuple[float, bool]:
        """Stability index of rows of which ``asked`` was ``answered``; and is it over .25, and no chance (of a model's
        customers and tonight's it is distributed as chi square, Yurdakul and Naranjo 2020)?"""
        *upto, missing = answered
        now = [*np.diff([0, *upto]), missing]
        found, sizes = population_stability(self.counts, now), (sum(self.counts), sum(now))
        chance = chdtri(len(now) - 1, BY_CHANCE) * sum(1 / size for size in sizes)
        return found, bool(found > max(WARNING, chance))


def histogram(values: pd.Series) -> Histogram:
    """By tenths of these values, as of a model's features and scores when it was fitted."""
    known = values.dropna().to_numpy(float)
    edges = np.unique(np.quantile(known, np.arange(1, TENTHS) / TENTHS)) if len(known) else np.array([])
    counts = np.bincount(np.searchsorted(edges, known), minlength=len(edges) + 1)
    return Histogram(edges.tolist(), [*counts.tolist(), int(values.isna().sum())])


def population_stability(before: ArrayLike, now: ArrayLike) -> float:
    """Of two countings of the same bins; a bin that only one has anybody in counts as half a customer there."""
    shares = [np.maximum(of, 0.5) / np.sum(of) for of in (np.asarray(before, float), np.asarray(now, float))]
    is_there = (np.asarray(before) > 0) | (np.asarray(now) > 0)
    return float(((shares[1] - shares[0]) * np.log(shares[1] / shares[0]))[is_there].sum())


def as_data(of: Mapping[str, Histogram]) -> dict[str, Any]:
    return {name: vars(histogram) for name, histogram in of.items()}


def from_data(data: Mapping[str, Any]) -> dict[str, Histogram]:
    return {name: Histogram(**of) for name, of in data.items()}
