"""Several predictions as one: weights that are not below 0 and come to 1 (Breiman 1996, Stacked Regressions)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.optimize import nnls

from jobs.arrays import Floats

RIDGE = 0.001  # a little towards equal weights, which are hard to beat (Clemen 1989)
SUM = 100.0  # how strictly they come to 1
LEAST = 0.01  # a weight of less is none


def stacked(said: Mapping[str, Floats], actual: Floats) -> dict[str, float]:
    """Weights of what several ``said`` of customers who taught them nothing, by the least squared error; all (n,)."""
    columns, many = np.column_stack(list(said.values())), len(said)
    size = float(np.linalg.norm(actual)) or 1.0
    rows = [columns, np.full((1, many), SUM * size), np.eye(many) * np.sqrt(RIDGE) * size]
    wanted = np.concatenate([actual, np.full(1, SUM * size), np.full(many, np.sqrt(RIDGE) * size / many)])
    found, _ = nnls(np.vstack(rows), wanted)
    found[found < LEAST] = 0
    return {name: float(weight) for name, weight in zip(said, found / found.sum(), strict=True) if weight}
