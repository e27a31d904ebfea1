"""Trees by XGBoost (Chen and Guestrin 2016), kept as its own JSON: boosting (Friedman 2001), and a random forest
(Breiman 2001)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import xgboost

from jobs.arrays import Floats

BOOSTING = {
    "max_depth": 3,
    "eta": 0.05,
    "subsample": 0.7,
    "colsample_bytree": 0.5,
    "min_child_weight": 20,
    "lambda": 5,
    "seed": 1,
}
ROUNDS = 300
FOREST = {
    "max_depth": 8,
    "eta": 1,
    "num_parallel_tree": 100,
    "subsample": 0.63,
    "colsample_bynode": 0.33,
    "min_child_weight": 10,
    "lambda": 0,
    "seed": 1,
}


@dataclass(frozen=True)
class Trees:
    """``told``: XGBoost's JSON."""

    told: str

    def predict(self, features: Floats) -> Floats:
        """One number for each row of ``features``, shape (n, features)."""
        return self._booster.predict(xgboost.DMatrix(features)).astype(float)

    def margin(self, features: Floats) -> Floats:
        """The sum of the trees: of a ``binary:logistic`` log odds. Shape (n,)."""
        return self._booster.predict(xgboost.DMatrix(features), output_margin=True).astype(float)

    def contributions(self, features: Floats, is_quick: bool) -> Floats:
        """What each feature adds to ``margin``, and last what nobody's features do: shape (n, features + 1). Shapley
        values (Lundberg and others 2020), or, ``is_quick``, what each split on the way adds (Saabas 2014)."""
        rows = xgboost.DMatrix(features)
        return self._booster.predict(rows, pred_contribs=True, approx_contribs=is_quick).astype(float)

    @cached_property
    def _booster(self) -> xgboost.Booster:
        found = xgboost.Booster()
        found.load_model(bytearray(self.told, "utf-8"))
        return found


def boosting(features: Floats, labels: Floats, objective: str, rounds: int = ROUNDS) -> Trees:
    """A means' model: ``objective`` ``count:poisson`` for counts, ``reg:squarederror`` for money, ``binary:logistic``
    for what happens or not."""
    return _trained(BOOSTING | {"objective": objective}, features, labels, rounds)


def forest(features: Floats, labels: Floats) -> Trees:
    """Means of leaves."""
    return _trained(FOREST | {"objective": "reg:squarederror"}, features, labels, 1)


def _trained(settings: dict[str, Any], features: Floats, labels: Floats, rounds: int) -> Trees:
    found = xgboost.train(settings, xgboost.DMatrix(features, labels), rounds)
    return Trees(found.save_raw("json").decode())
