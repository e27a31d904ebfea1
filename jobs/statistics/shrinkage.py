"""Shares of few days, drawn towards the usual one: one return in two orders is nothing unusual yet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from jobs.arrays import Floats

WEAKEST, STRONGEST = 1, 100  # days that a prior weighs as


@dataclass(frozen=True)
class Prior:
    """A beta distribution of shares: its ``mean``, and how many days it weighs as (``strength``)."""

    mean: float
    strength: float

    def shrunk(self, events: Floats, days: Floats) -> Floats:
        """The share that is expected of who had so many ``events`` in so many ``days``, shape (n,)."""
        return (events + self.strength * self.mean) / (days + self.strength)


def events(customers: pd.DataFrame, part: str, whole: str, days: str) -> tuple[Floats, Floats]:
    """How many of the ``days`` a part comes to, and the days: of money its share of them, and at most all."""
    of, all_of, many = (customers[name].to_numpy(float) for name in (part, whole, days))
    if whole == days:
        return of, many
    share = np.where(all_of > 0, of / np.where(all_of > 0, all_of, 1), of > 0)
    return np.clip(share, 0, 1) * many, many


def prior(events: Floats, days: Floats) -> Prior:
    """By moments (Kleinman 1973): what shares differ by beyond what chance does to so few days. Nothing is usual where
    nobody had a day."""
    has = days > 0
    if not has.any():
        return Prior(0.0, WEAKEST)
    share, weight = np.minimum(events[has] / days[has], 1), days[has]
    mean = np.average(share, weights=weight)
    by_chance = mean * (1 - mean) / weight.mean()
    between = np.average((share - mean) ** 2, weights=weight) - by_chance
    strength = mean * (1 - mean) / between - 1 if between > 0 else STRONGEST
    return Prior(float(mean), float(np.clip(strength, WEAKEST, STRONGEST)))
