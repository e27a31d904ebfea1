"""Are groups stable, and apart? Do those agree with them that are learned anew from other customers of the kind?"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score

from jobs.arrays import Floats, Ints
from jobs.statistics.prototypes import STARTS, Mixed, fitted

#: What says of rows in which group each is; and what learns that, from rows and a seed.
Says = Callable[[Mixed], Ints]
Learns = Callable[[Mixed, int], Says]


def by_prototypes(k: int, weight: float) -> Learns:
    def learns(rows: Mixed, seed: int) -> Says:
        centres = fitted(rows, k, weight, seed).centres
        return lambda others: others.apart(centres, weight).argmin(axis=1)

    return learns


def by_means(k: int, view: Callable[[Mixed], Floats]) -> Learns:
    """k-means on what ``view`` makes of rows."""

    def learns(rows: Mixed, seed: int) -> Says:
        means = KMeans(k, n_init=STARTS, random_state=seed).fit(view(rows))
        return lambda others: means.predict(view(others))

    return learns


def agreements(groups: NDArray, learns: Learns, rows: Mixed, draws: int) -> Floats:
    """Adjusted Rand index (Hubert and Arabie 1985) of the ``groups`` of rows with those learned anew from each of so
    many bootstrap samples of them (Hennig 2007), the same ones each time; shape (draws,)."""
    found = []
    for seed in range(draws):
        sample = np.random.default_rng(seed).integers(0, len(rows), len(rows))
        found.append(adjusted_rand_score(groups, learns(rows.of(sample), seed)(rows)))
    return np.array(found)


def silhouette(groups: NDArray, rows: Mixed, weight: float) -> float:
    """By Huang's dissimilarity; -1 where all are one group."""
    if len(np.unique(groups)) < 2:
        return -1.0
    return float(silhouette_score(rows.apart(rows, weight), groups, metric="precomputed"))


def shuffled(rows: Mixed, seed: int) -> Mixed:
    """Each column by itself: they hang together in nothing."""
    draw = np.random.default_rng(seed)
    numbers, codes = (np.column_stack([draw.permutation(of) for of in part.T]) for part in (rows.numbers, rows.codes))
    return Mixed(numbers, codes)
