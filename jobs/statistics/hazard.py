"""When it happens, in days: for each bin of days the chance that it happens in it, given that it did not before.

Discrete-time hazards by logistic regression (Singer and Willett 1993, It's about time), of rows and bins together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from jobs.arrays import Floats
from jobs.statistics.cannot_fit import CannotFit

BINS = np.array([3, 7, 10, 14, 21, 28, 35, 42, 49, 56])  # the last day of each
HORIZON = int(BINS[-1])
NEVER = HORIZON + 1  # what a day is where it does not happen within the horizon
FEWEST = 100  # times that it happens
RIDGE = 1e-4  # so that a bin in which it never happened stays finite


@dataclass(frozen=True)
class Hazard:
    """Weights of features that stay, (features,), of those that change from bin to bin, and of the bins, (bins,)."""

    stays: Floats
    changes: Floats
    bins: Floats

    def by_day(self, stays: Floats, changes: Floats) -> Floats:
        """Probability that it has happened by the end of day 1, 2, ... ``HORIZON``, (n, days). ``stays``: (n,
        features); ``changes``: (n, bins, features). Within a bin every day is as likely as the others."""
        each = expit((stays @ self.stays)[:, None] + changes @ self.changes + self.bins)
        long = np.diff(BINS, prepend=0)
        return 1 - np.exp(np.cumsum(np.repeat(np.log1p(-each) / long, long, axis=1), axis=1))

    def as_data(self) -> dict[str, Any]:
        return {name: of.tolist() for name, of in vars(self).items()}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Hazard:
        return cls(**{name: np.array(of, dtype=float) for name, of in data.items()})


def fit(stays: Floats, changes: Floats, day: NDArray[np.int64]) -> Hazard:
    """``day`` on which it happened, (n,), else ``NEVER``. CannotFit where it did too seldom."""
    happened = (day < NEVER).sum()
    if happened < FEWEST:
        raise CannotFit(f"of {len(day):,} examples it happened in {happened:,} within {HORIZON} days")
    bin_of = np.searchsorted(BINS, day)
    row, at = np.nonzero(np.arange(len(BINS)) <= bin_of[:, None])  # until it happens
    rows = np.hstack([stays[row], changes[row, at], np.eye(len(BINS))[at]])
    spread = rows.std(axis=0)
    spread[spread == 0] = 1
    found = LogisticRegression(C=1 / RIDGE, solver="newton-cholesky", fit_intercept=False).fit(
        rows / spread, bin_of[row] == at
    )
    return Hazard(*np.split(found.coef_[0] / spread, np.cumsum([stays.shape[1], changes.shape[2]])))


def quantile(by_day: Floats, part: float) -> NDArray[np.int64]:
    """The first day by whose end it has happened with this probability, shape (n,); else ``NEVER``."""
    return (by_day < part).sum(axis=1) + 1


def window(by_day: Floats, level: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and last day of an interval that holds it with probability ``level``: a central one, or, where it may well
    not happen within the horizon, one that is open (``NEVER``), and all doubt lies before it."""
    last = quantile(by_day, (1 + level) / 2)
    first = np.where(last == NEVER, quantile(by_day, 1 - level), quantile(by_day, (1 - level) / 2))
    return first, last
