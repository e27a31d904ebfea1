"""k-prototypes (Huang 1997, 1998): k-means for rows of numbers and of categories.

A group's prototype is the mean of its numbers and the mode of each category. A row is as far from it as the squared
distance of the numbers, and ``weight`` (his gamma) for each category in which they differ. Seeds are drawn as by
k-means++ (Arthur and Vassilvitskii 2007), and the best of several starts counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

from jobs.arrays import Floats, Ints

STARTS, MOST_ROUNDS = 5, 100


@dataclass(frozen=True)
class Mixed:
    """``numbers`` (n, p) in standard deviations; ``codes`` (n, q) of categories, from 0."""

    numbers: Floats
    codes: Ints

    def __len__(self) -> int:
        return len(self.codes)

    def of(self, rows: NDArray) -> Mixed:
        return Mixed(self.numbers[rows], self.codes[rows])

    def apart(self, others: Mixed, weight: float) -> Floats:
        """Dissimilarity of each row from each of the others, shape (n, others)."""
        differ = cdist(self.codes, others.codes, "hamming") * self.codes.shape[1]
        return cdist(self.numbers, others.numbers, "sqeuclidean") + weight * differ


@dataclass(frozen=True)
class Prototypes:
    """``centres``: k rows; ``labels`` (n,) of the rows that they were found in; ``cost``: dissimilarities added up."""

    centres: Mixed
    labels: Ints
    cost: float


def huangs_weight(numbers: Floats) -> float:
    """Between a third and two thirds of the average standard deviation of the numbers, as he found: half of it."""
    return float(numbers.std(axis=0).mean() / 2)


def fitted(rows: Mixed, k: int, weight: float, seed: int = 0, starts: int = STARTS) -> Prototypes:
    """The cheapest of several starts; the first of equals."""
    draw = np.random.default_rng(seed)
    found = [_settled(rows, _seeds(rows, k, weight, draw), weight) for _ in range(starts)]
    return min(found, key=lambda one: one.cost)


def _seeds(rows: Mixed, k: int, weight: float, draw: np.random.Generator) -> Mixed:
    """Rows, each drawn in proportion to how far it is from those before it."""
    chosen = [int(draw.integers(len(rows)))]
    nearest = rows.apart(rows.of(np.array(chosen)), weight)[:, 0]
    while len(chosen) < k:
        total = nearest.sum()
        chosen.append(int(draw.choice(len(rows), p=nearest / total if total else None)))
        nearest = np.minimum(nearest, rows.apart(rows.of(np.array(chosen[-1:])), weight)[:, 0])
    return rows.of(np.array(chosen))


def _settled(rows: Mixed, centres: Mixed, weight: float) -> Prototypes:
    """Rows to their nearest prototype, prototypes to the middle of their rows, until no row moves."""
    labels = np.full(len(rows), -1)
    for _ in range(MOST_ROUNDS):
        apart = rows.apart(centres, weight)
        nearest = apart.argmin(axis=1)
        if (nearest == labels).all():
            break
        labels, centres = nearest, _middles(rows, nearest, centres)
    return Prototypes(centres, labels, float(apart.min(axis=1).sum()))


def _middles(rows: Mixed, labels: Ints, before: Mixed) -> Mixed:
    """Of each group the mean of its numbers and the mode of its categories, the lowest code of equals; a group without
    rows stays where it was."""
    k = len(before)
    sizes = np.bincount(labels, minlength=k)
    sums = np.eye(k)[labels].T @ rows.numbers
    modes = np.column_stack([_counts(labels, codes, k).argmax(axis=1) for codes in rows.codes.T])
    means, is_there = sums / np.maximum(sizes, 1)[:, None], (sizes > 0)[:, None]
    return Mixed(np.where(is_there, means, before.numbers), np.where(is_there, modes, before.codes))


def _counts(labels: Ints, codes: Ints, k: int) -> Ints:
    """How many rows of each group have each code, shape (k, codes)."""
    many = int(codes.max()) + 1
    return np.bincount(labels * many + codes, minlength=k * many).reshape(k, many)
