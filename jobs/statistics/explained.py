"""How much of what differs between people do groups explain?"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike


def explained(values: ArrayLike, groups: ArrayLike) -> float:
    """Share of the variance of ``values`` (n,) or (n, d) that lies between ``groups`` (n,): epsilon squared (Kelley
    1935), which is 0 on average where groups say nothing, however many they are. 0 of what does not vary."""
    found = np.asarray(values, float).reshape(len(np.asarray(values)), -1)
    _, of = np.unique(np.asarray(groups), return_inverse=True)
    many = np.bincount(of)
    means = np.column_stack([np.bincount(of, column) for column in found.T]) / many[:, None]
    total, within = ((found - found.mean(axis=0)) ** 2).sum(), ((found - means[of]) ** 2).sum()
    free = len(found) - len(many)
    return float(1 - within / free / (total / (len(found) - 1))) if total > 0 and free > 0 else 0.0
