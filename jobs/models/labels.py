"""Groups that are learned anew keep their labels, or are refused where they moved; and names that tell them apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score

from jobs.arrays import Ints
from jobs.models.drift import WARNING, population_stability

LEAST_AGREEMENT = 0.5  # ARI against the champion


def inherited(labels: Ints, champions: Ints, apart: NDArray | None) -> Ints:
    """``labels`` (k,) as the champion has them: the nearest pairs of ``apart`` (k, champion's k) keep its labels,
    others are new, in the order of their own; all are where it is None."""
    found = np.full(len(labels), -1)
    if apart is not None:
        mine, theirs = linear_sum_assignment(apart)
        found[mine] = champions[theirs]
    fresh = [n for n in np.argsort(labels) if found[n] < 0]
    found[fresh] = champions.max() + 1 + np.arange(len(fresh))
    return found


def moved(theirs: ArrayLike, ours: ArrayLike, groups: str) -> tuple[dict[str, float], list[str]]:
    """How far groups of the same customers are still the champion's, and why they are not; ``groups``: segments ..."""
    theirs, ours = np.asarray(theirs), np.asarray(ours)
    agreement, every = float(adjusted_rand_score(theirs, ours)), sorted({*theirs, *ours})
    shift = population_stability(*([int((of == label).sum()) for label in every] for of in (theirs, ours)))
    faults = [f"agrees with the champion's {groups}s by ARI {agreement:.2f} only"] * (agreement < LEAST_AGREEMENT)
    faults += [f"{groups} sizes shift by PSI {shift:.2f}"] * (shift > WARNING)
    return {"agreement_with_champion": agreement, "population_stability_index": shift}, faults


def names(words: Sequence[Sequence[str]]) -> list[str]:
    """Of the words of each group, the strongest first, two, and as many more as make them different; the same words
    turned around are no other name."""
    for many in range(2, len(words[0]) + 1):
        named = [of[:many] for of in words]
        if len({frozenset(of) for of in named}) == len(named):
            break
    return [", ".join(of) for of in named]
