"""Learn a blend, and say what it would have said of rows that it had not seen."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from jobs.arrays import Floats
from jobs.statistics import trees
from jobs.statistics.blend import Blend, Linear, logged
from jobs.statistics.trees import Trees

FOLDS, ROUNDS = 5, 150
RIDGE = 0.1  # inverse of the strength of L2


class HeldOut(NamedTuple):
    """Of rows that had been hidden, a fold at a time: log odds of the blend, and of the logistic regression alone but
    for a constant; and the ``fold`` of each, which learned from all others; all of shape (n,)."""

    blend: Floats
    logistic: Floats
    fold: NDArray[np.int64]


def fit(features: Floats, labels: Floats, weight: Floats) -> tuple[Blend, HeldOut]:
    """Of ``features``, shape (n, features), and ``labels``, 0 or 1; ``weight``: how many rows a row stands for. What is
    said of a fold knows nothing of it, neither in its parts nor in how they are added up."""
    parts, fold = _hidden(features, labels)
    said = np.empty(len(labels))
    for n in range(FOLDS):
        here = fold == n
        *slopes, intercept = calibrated(parts[~here], labels[~here], weight[~here])
        said[here] = parts[here] @ slopes + intercept
    *slopes, intercept = calibrated(parts, labels, weight)
    blend = Blend(linear(features, labels), _trees(features, labels), np.array(slopes), float(intercept))
    return blend, HeldOut(said, parts[:, 0], fold)


def linear(features: Floats, labels: Floats) -> Linear:
    """L2 logistic regression; a feature that nobody has, or that all have alike, weighs nothing."""
    found = scale(features)
    line = LogisticRegression(C=RIDGE, max_iter=1_000).fit(found.standardized(features), labels)
    return replace(found, weights=line.coef_[0])


def scale(features: Floats) -> Linear:
    """What is usual of each feature; nothing has a weight yet."""
    medians = np.array([np.median(of) if len(of) else 0.0 for of in (of[~np.isnan(of)] for of in features.T)])
    filled = logged(np.where(np.isnan(features), medians, features))
    return Linear(medians, filled.mean(axis=0), np.maximum(filled.std(axis=0), 1e-9), np.zeros(len(medians)))


def folds(labels: Floats) -> NDArray[np.int64]:
    """A fifth of those with each label in each, the same ones each time; shape (n,)."""
    draw, found = np.random.default_rng(0), np.empty(len(labels), np.int64)
    for label in (0, 1):
        found[labels == label] = draw.permutation(int((labels == label).sum())) % FOLDS
    return found


def calibrated(parts: Floats, labels: Floats, weight: Floats) -> Floats:
    """Slopes, none below 0, and intercept that make log odds of ``parts``, shape (n, 2), true: the likeliest, with
    Platt's two made-up rows (1999), so that a sure thing stays short of certain."""
    cases, others = (float(weight[labels == label].sum()) for label in (1, 0))
    target = np.where(labels > 0, (cases + 1) / (cases + 2), 1 / (others + 2))
    known = np.column_stack([parts, np.ones(len(parts))])

    def cost(line: Floats) -> tuple[float, Floats]:
        said = known @ line
        off = weight * (expit(said) - target)
        return float(weight @ (np.logaddexp(0, said) - target * said)), off @ known

    start, bounds = np.array([0.5, 0.5, 0.0]), [(0, None), (0, None), (None, None)]
    return minimize(cost, start, jac=True, method="L-BFGS-B", bounds=bounds).x


def _hidden(features: Floats, labels: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Log odds by each part, learned from the other folds, shape (n, 2), and the fold of each row."""
    fold, found = folds(labels), np.empty((len(labels), 2))
    for n in range(FOLDS):
        here, known = fold == n, (features[fold != n], labels[fold != n])
        found[here, 0] = linear(*known).log_odds(features[here])
        found[here, 1] = _trees(*known).margin(features[here])
    return found, fold


def _trees(features: Floats, labels: Floats) -> Trees:
    return trees.boosting(features, labels, "binary:logistic", ROUNDS)
