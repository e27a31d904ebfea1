"""Lifetime value by what customers did of late: trees, blended with what a sceptic would say.

Orders and money of the next 90 days are weighted means of several predictions (Bates and Granger 1969, The Combination
of Forecasts). What comes after them, and who is still there, is told by BG/NBD and gamma-gamma.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from jobs.arrays import Floats
from jobs.models.learned import Learned
from jobs.models.lifetime_value import HORIZON, Clv
from jobs.models.rhythm import away_by, rates
from jobs.statistics.conformal import Band
from jobs.statistics.trees import Trees

ORDERS, SPEND = "orders", "spend"
Said = tuple[Floats, Floats]  # orders and spend of the next 90 days, each of shape (n,)
BG_NBD, BOOSTING, FOREST, WINDOWS = "BG/NBD", "boosting", "forest", "mean of windows"
AS_THEY_ARE = [
    "repeat_days", "days_since_last_order", "days_observed", "mean_gap", "gap_deviation", "lines_per_order_day_90d",
    "discount_share_90d", "most_on_a_day_90d", "order_days_half_life_30d", "order_days_half_life_120d",
]  # fmt: skip


@dataclass(frozen=True)
class Blend(Learned):
    """``base``: BG/NBD and gamma-gamma. ``trees``: kind of trees -> those of orders and of spend. ``weights``: of
    orders and of spend -> who is weighed how. ``band``: of the orders' interval."""

    FORMATS: ClassVar = (1,)

    base: Clv
    trees: dict[str, dict[str, Trees]]
    weights: dict[str, dict[str, float]]
    band: Band

    def predict(self, customers: pd.DataFrame) -> pd.DataFrame:
        """For each row of ``gold.customer_features`` the columns of ``gold.customer_clv``."""
        orders, spend = self.of_90_days(customers)
        low, high = self.band.interval(orders)
        year, lifetime = self.base.longer(customers)
        found = {
            "alive_probability": self.base.alive_probability(customers),
            "expected_orders_90d": orders,
            "expected_spend_90d": spend,
            "expected_orders_365d": np.minimum(orders * year, 365),
            "expected_spend_365d": spend * year,
            "orders_90d_low": low,
            "orders_90d_high": high,
            "lifetime_value": spend * lifetime,
        }
        return pd.DataFrame(found, index=customers.index)

    def of_90_days(self, customers: pd.DataFrame) -> Said:
        known = features(customers, self.base)
        said = {kind: (of[ORDERS].predict(known), of[SPEND].predict(known)) for kind, of in self.trees.items()}
        said |= {BG_NBD: self.base.of_90_days(customers), WINDOWS: mean_of_windows(customers)}
        return combined(said, self.weights)

    def parameters(self) -> dict[str, Any]:
        weights = {f"{what}: weight of {name}": w for what, of in self.weights.items() for name, w in of.items()}
        return self.base.parameters() | weights

    def as_data(self) -> dict[str, Any]:
        told = {kind: {what: trees.told for what, trees in of.items()} for kind, of in self.trees.items()}
        return {"base": self.base.as_data(), "trees": told, "weights": self.weights, "band": self.band.as_data()}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Blend:
        trees = {kind: {what: Trees(told) for what, told in of.items()} for kind, of in data["trees"].items()}
        band = Band(**{name: np.array(of) for name, of in data["band"].items()})
        return cls(Clv.from_data(data["base"]), trees, data["weights"], band)

    @staticmethod
    def example() -> pd.DataFrame:
        return Clv.example()


def combined(said: Mapping[str, Said], weights: Mapping[str, Mapping[str, float]]) -> Said:
    """What several say of orders and spend, weighed."""
    return weighed(said, weights[ORDERS], ORDERS), weighed(said, weights[SPEND], SPEND)


def weighed(said: Mapping[str, Said], weights: Mapping[str, float], what: str) -> Floats:
    """Nobody orders twice a day, nor for less than nothing."""
    mean = sum(weight * said[name][(ORDERS, SPEND).index(what)] for name, weight in weights.items())
    return np.clip(mean, 0, HORIZON if what == ORDERS else None)


def mean_of_windows(customers: pd.DataFrame) -> Said:
    """What a sceptic would say: the mean of the last 90 days and of half of the last 180."""
    orders, spend = (
        (customers[f"{what}_90d"] + customers[f"{what}_180d"] / 2).to_numpy(float) / 2
        for what in ("order_days", "spend")
    )
    return orders, np.maximum(spend, 0)


def features(customers: pd.DataFrame, base: Clv) -> Floats:
    """What trees look at, shape (n, features): windows as rates, a customer's rhythm, what BG/NBD expects."""
    rest = [customers[name].to_numpy(float) for name in AS_THEY_ARE]
    by_history = base.alive_probability(customers), *base.of_90_days(customers)
    windows = rates(customers, "order_days", "spend").values()
    return np.column_stack([*windows, *rest, away_by(customers, "mean_gap"), *by_history])
