"""How likely a customer buys a product in the next 14 days: one of their own again, or a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

import numpy as np
import pandas as pd
from scipy.special import expit

from jobs.arrays import Floats
from jobs.models.learned import Learned

AGAIN = ("lately", "often", "rebought", "often_rebought", "off_beat", "popular_14d", "popular_90d")
NEW = ("alike", "kind", "popular_14d", "popular_90d", "rebought", "trips", "products")
NEWCOMER = 2  # days with a purchase, up to which the shop knows a customer little
DIGITS = 6


@dataclass(frozen=True)
class Chance:
    """A logistic regression: weights by the names of features, and what is ``usual`` of them where it was learned."""

    weights: Mapping[str, float]
    usual: Mapping[str, float]
    intercept: float

    def log_odds(self, rows: pd.DataFrame) -> Floats:
        return rows[list(self.weights)].to_numpy(float) @ np.array([*self.weights.values()]) + self.intercept

    def adds(self, rows: pd.DataFrame, names: Sequence[str]) -> Floats:
        """What features add to the log odds beyond the usual: of a linear model its Shapley values (Lundberg and Lee
        2017)."""
        each = [self.weights[name] * (rows[name].to_numpy(float) - self.usual[name]) for name in names]
        return np.sum(each, axis=0)


@dataclass(frozen=True)
class Chances:
    """``again`` of what they bought before, ``new`` of the rest; ``slope`` and ``shift`` make their log odds true of
    everybody (Platt 1999), who bought nothing in the 14 days too."""

    again: Chance
    new: Chance
    slope: float
    shift: float

    def log_odds(self, rows: pd.DataFrame) -> Floats:
        raw = np.where(rows["is_own"], self.again.log_odds(rows), self.new.log_odds(rows))
        return self.slope * raw + self.shift

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        return cls(Chance(**data["again"]), Chance(**data["new"]), data["slope"], data["shift"])


@dataclass(frozen=True)
class Recommender(Learned):
    """``newcomers``: the same of who bought on ``NEWCOMER`` days at most; ``seen``: cuts that it was learned from, for
    the judge alone: they are not kept."""

    FORMATS: ClassVar = (1,)

    known: Chances
    newcomers: Chances
    seen: Mapping[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def log_odds(self, rows: pd.DataFrame) -> Floats:
        is_new = rows["order_days"].to_numpy() <= NEWCOMER
        return np.where(is_new, self.newcomers.log_odds(rows), self.known.log_odds(rows))

    def predict(self, rows: pd.DataFrame) -> pd.DataFrame:
        """For each row of ``jobs.models.candidates`` the probability of ``gold.customer_recommendations``."""
        return pd.DataFrame({"probability": expit(self.log_odds(rows))}, index=rows.index)

    @staticmethod
    def example() -> pd.DataFrame:
        features = dict.fromkeys(dict.fromkeys((*AGAIN, *NEW)), -1.0)
        return pd.DataFrame({"is_own": [True, False], "order_days": [9.0, 1.0], **features})

    def parameters(self) -> dict[str, Any]:
        parts = {"known": self.known, "newcomers": self.newcomers}
        of = {f"{who} {what}": getattr(part, what) for who, part in parts.items() for what in ("again", "new")}
        return {f"{name}: {feature}": weight for name, one in of.items() for feature, weight in one.weights.items()}

    def as_data(self) -> dict[str, Any]:
        def told(of: Chances) -> dict[str, Any]:
            both = {name: vars(getattr(of, name)) for name in ("again", "new")}
            return {**both, "slope": of.slope, "shift": of.shift}

        return {"known": told(self.known), "newcomers": told(self.newcomers)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        return cls(Chances.from_data(data["known"]), Chances.from_data(data["newcomers"]))
