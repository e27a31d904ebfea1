"""Intervals that hold what they say: conformal prediction, with the customers' own size of error.

Vovk, Gammerman and Shafer (2005); from predictions of customers who were held out: Vovk (2015), Cross-conformal
predictors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobs.arrays import Floats

GROUPS = 10


@dataclass(frozen=True)
class Band:
    """How far counts lie from what was expected of them, in units of sqrt(expected + 1): ``low`` and ``high`` at the
    ``expected`` counts of groups of customers, and between them in between."""

    expected: Floats
    low: Floats
    high: Floats

    def interval(self, expected: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Smallest and largest count, both ends included."""
        unit = np.sqrt(expected + 1)
        low = expected + unit * np.interp(expected, self.expected, self.low)
        high = expected + unit * np.interp(expected, self.expected, self.high)
        first = np.maximum(np.ceil(low - 1e-9), 0).astype(np.int64)
        return first, np.maximum(np.floor(high + 1e-9).astype(np.int64), first)

    def as_data(self) -> dict[str, Any]:
        return {name: of.tolist() for name, of in vars(self).items()}


def band(expected: Floats, counts: Floats, level: float) -> Band:
    """Of counts of whom ``expected`` was predicted, both of shape (n,): the central ``level`` of each group."""
    off = (counts - expected) / np.sqrt(expected + 1)
    alike, ends = groups(expected), ((1 - level) / 2, (1 + level) / 2)
    low, high = (np.array([np.quantile(off[of], end) for of in alike]) for end in ends)
    return Band(np.array([expected[of].mean() for of in alike]), low, high)


def groups(expected: Floats) -> list[NDArray[np.int64]]:
    """Places of customers of whom alike is expected: tenths, lowest first."""
    return [of for of in np.array_split(np.argsort(expected, kind="stable"), GROUPS) if len(of)]
