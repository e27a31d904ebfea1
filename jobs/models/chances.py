"""How likely something is: trees in log odds, calibrated at a later cut, with what each feature adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit, logit

from jobs.arrays import Floats
from jobs.statistics.trees import Trees

BOOSTING, FOREST = "boosting", "forest"
LEAST = 0.001  # a forest that never saw it happen does not know that it cannot


@dataclass(frozen=True)
class Chances:
    """``kind`` of trees; ``slope`` and ``intercept`` make their log odds true (Platt 1999)."""

    kind: str
    trees: Trees
    slope: float
    intercept: float

    def probability(self, features: Floats) -> Floats:
        """Of each row of ``features``, shape (n, features)."""
        return expit(self.slope * log_odds(self.kind, self.trees, features) + self.intercept)

    def contributions(self, features: Floats, is_quick: bool = False) -> tuple[Floats, Floats]:
        """Log odds of nobody's features, (n,), and what each feature adds to them, (n, features): together the log odds
        of ``probability``. ``is_quick``, as of a forest always: ten times as fast, and not quite Shapley's."""
        found = self.trees.contributions(features, is_quick or self.kind == FOREST)
        each, base = found[:, :-1], found[:, -1]
        if self.kind == FOREST:  # shares of a difference in probability become shares of it in log odds
            adds, base = each.sum(axis=1), _logit(base)
            is_some = np.abs(adds) > 1e-9
            stretch = np.where(is_some, _logit(found.sum(axis=1)) - base, 0) / np.where(is_some, adds, 1)
            each = each * stretch[:, None]
        return self.slope * base + self.intercept, self.slope * each

    def parameters(self) -> dict[str, Any]:
        return {"trees": self.kind, "slope": self.slope, "intercept": self.intercept}

    def as_data(self) -> dict[str, Any]:
        return {"kind": self.kind, "trees": self.trees.told, "slope": self.slope, "intercept": self.intercept}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Chances:
        return cls(**{**data, "trees": Trees(data["trees"])})


def log_odds(kind: str, trees: Trees, features: Floats) -> Floats:
    """As the trees say them, shape (n,)."""
    return trees.margin(features) if kind == BOOSTING else _logit(trees.predict(features))


def _logit(probability: Floats) -> Floats:
    return logit(np.clip(probability, LEAST, 1 - LEAST))
