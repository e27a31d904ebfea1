"""Log odds of being one of some: a logistic regression and boosting, added up as they were right of rows that neither
had seen (stacked generalization, Wolpert 1992; weights that are not below 0, Breiman 1996)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from jobs.arrays import Floats
from jobs.statistics.trees import Trees

CLIP = 5.0  # standard deviations: a line knows nothing beyond


@dataclass(frozen=True)
class Linear:
    """A logistic regression on logarithms in standard deviations; all of shape (features,). What is missing counts as
    the median."""

    medians: Floats
    means: Floats
    deviations: Floats
    weights: Floats

    def standardized(self, features: Floats) -> Floats:
        filled = logged(np.where(np.isnan(features), self.medians, features))
        return np.clip((filled - self.means) / self.deviations, -CLIP, CLIP)

    def contributions(self, features: Floats) -> Floats:
        """What each feature adds beyond the mean, shape (n, features): of a linear model its Shapley values (Lundberg
        and Lee 2017)."""
        return self.standardized(features) * self.weights

    def log_odds(self, features: Floats) -> Floats:
        """But for a constant, shape (n,)."""
        return self.standardized(features) @ self.weights


@dataclass(frozen=True)
class Blend:
    """``slopes`` of the logistic regression and of the trees, and an ``intercept``, which make log odds true."""

    linear: Linear
    trees: Trees
    slopes: Floats
    intercept: float

    def log_odds(self, features: Floats) -> Floats:
        """Of each row of ``features``, shape (n, features), which may be missing."""
        parts = np.column_stack([self.linear.log_odds(features), self.trees.margin(features)])
        return parts @ self.slopes + self.intercept

    def contributions(self, features: Floats) -> tuple[Floats, Floats]:
        """Log odds of nobody's features, (n,), and what each feature adds, (n, features): together ``log_odds``."""
        of_trees = self.trees.contributions(features, is_quick=False)
        each = self.slopes[0] * self.linear.contributions(features) + self.slopes[1] * of_trees[:, :-1]
        return self.slopes[1] * of_trees[:, -1] + self.intercept, each

    def as_data(self) -> dict[str, Any]:
        linear = {name: of.tolist() for name, of in vars(self.linear).items()}
        return {"linear": linear, "trees": self.trees.told, "slopes": self.slopes.tolist(), "intercept": self.intercept}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        linear = Linear(**{name: np.array(of) for name, of in data["linear"].items()})
        return cls(linear, Trees(data["trees"]), np.array(data["slopes"]), data["intercept"])


def logged(features: Floats) -> Floats:
    """Long tails of both signs drawn in; a share stays about what it is."""
    return np.sign(features) * np.log1p(np.abs(features))
