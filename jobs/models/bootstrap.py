"""Is one better than the other, or was it luck? Paired bootstrap over customers (Efron and Tibshirani 1993)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from jobs.arrays import Floats
from jobs.models.judged import Judged

DRAWS, LEVEL = 500, 0.95


def difference(
    mine: Floats, theirs: Floats, customers: NDArray, of_mean: Callable[[float], float] = float
) -> tuple[float, float]:
    """Interval of ``of_mean(mean(mine)) - of_mean(mean(theirs))``, errors of the same rows of shape (n,). A customer,
    who may stand in several rows, is drawn with all of them."""
    _, whose = np.unique(customers, return_inverse=True)
    sums = np.array([np.bincount(whose, weights) for weights in (mine, theirs, np.ones(len(whose)))])
    draw, many = np.random.default_rng(0), sums.shape[1]
    found = np.empty(DRAWS)
    for n in range(DRAWS):
        mine_, theirs_, rows = sums @ np.bincount(draw.integers(0, many, many), minlength=many)
        found[n] = of_mean(mine_ / rows) - of_mean(theirs_ / rows)
    low, high = np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def differences(
    found: Judged,
    losses: Mapping[str, Mapping[str, Floats]],
    customers: NDArray,
    of_means: Mapping[str, Callable[[float], float]] | None = None,
) -> dict[str, float]:
    """``difference`` of the model from its best baseline in each metric: where its end is below 0, it was no luck.
    ``losses``: of each row, by metric, of each baseline and of the model (""); ``of_means``: what makes a metric of
    their mean, where it is not the mean."""
    ends = dict[str, float]()
    for metric, mine in losses[""].items():
        best, _ = found.best_baseline(metric, lower_is_better=True)
        low, high = difference(mine, losses[best][metric], customers, (of_means or {}).get(metric, float))
        ends |= {f"{metric}_difference_low": low, f"{metric}_difference_high": high}
    return ends
