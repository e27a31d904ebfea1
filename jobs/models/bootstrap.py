"""Is one better than the other, or was it luck? Paired bootstrap over customers (Efron and Tibshirani 1993)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
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
