"""Churn: no purchase in the next 28 days, of who bought in the last 56."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

from jobs.models import chances_fit, chances_judge, reasons, rhythm
from jobs.models.chances import Chances
from jobs.models.chances_judge import Asked, shares
from jobs.models.examples import Known, earlier, judged, of_cuts
from jobs.models.judged import CannotFit, Judged
from jobs.models.lifetime_value import Clv

HORIZON, CUTS = 28, 5  # days; cuts that trees learn from, beside the one that calibrates them
WARNED = 0.5
BY_HAND = {"days_away": "days_since_last_order", "order_days_56d": "order_days_56d"}


@dataclass(frozen=True)
class Churn:
    FORMATS: ClassVar = (1,)

    chances: Chances

    def predict(self, customers: pd.DataFrame) -> pd.DataFrame:
        """For each row of ``gold.customer_features`` the scores of ``gold.customer_churn``."""
        known = rhythm.features(customers)
        base, each = self.chances.contributions(known.to_numpy())
        found = reasons.strongest(customers, rhythm.REASONS, list(known), each, base)
        probability = expit(base + each.sum(axis=1))
        return found.assign(churn_probability=probability, is_warned=probability >= WARNED)

    def following(self, champion: Any) -> Churn:  # noqa: ARG002
        """The same: it has no label that could change its meaning."""
        return self

    def parameters(self) -> dict[str, Any]:
        return self.chances.parameters()

    def as_data(self) -> dict[str, Any]:
        return {"chances": self.chances.as_data()}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Churn:
        return cls(Chances.from_data(data["chances"]))

    @staticmethod
    def example() -> pd.DataFrame:
        return Clv.example()


def fit(known: Known, cut: date) -> Churn:
    """Trees of several cuts, calibrated at the one after them, whose 28 days had passed at ``cut``. CannotFit where
    there are no two such cuts, or it happened too seldom."""
    cuts = [of for of in seen(known, earlier(cut, HORIZON, CUTS + 1), cut) if len(of)]
    if len(cuts) < 2:
        raise CannotFit(f"there must be two cuts with {HORIZON} days before and after them, a month of days apart")
    later, past = cuts[0], pd.concat(cuts[1:])
    of_past, of_later = (rhythm.features(of).to_numpy() for of in (past, later))
    return Churn(chances_fit.fit(of_past, left(past), of_later, left(later)))


def seen(known: Known, cuts: list[date], until: date) -> list[pd.DataFrame]:
    """Whom it is asked about at each cut, with what they did after it; nobody where the data had just begun."""
    every = of_cuts(known, cuts, until, HORIZON).values()
    return [of if of["days_observed"].max() >= HORIZON else of.head(0) for of in every]


def left(customers: pd.DataFrame) -> NDArray[np.float64]:
    return (customers["future_orders"] == 0).to_numpy(float)


def judge(model: Churn, known: Known, cut: date, as_of: date, champion: Churn | None) -> Judged:
    """At the latest cuts, each asked of a model that was fitted there as this one was, and knew nothing later."""
    models = {cut: model}
    for then in judged(cut)[1:]:
        with suppress(CannotFit):
            models[then] = fit(known, then)
    now = dict(zip(models, seen(known, list(models), as_of), strict=True))
    asked = [_asked(of, now[then], seen(known, earlier(then, HORIZON, 1), then)[0]) for then, of in models.items()]
    return chances_judge.judge(asked, _probability(champion, now[cut]) if champion else None)


def _asked(model: Churn, now: pd.DataFrame, before: pd.DataFrame) -> Asked:
    by_hand = {
        name: shares(before[column].to_numpy(float), left(before), now[column].to_numpy(float))
        for name, column in BY_HAND.items()
    }
    constant = np.full(len(now), left(before).mean())
    ids = now["customer_id"].to_numpy()
    return Asked(ids, left(now), _probability(model, now), by_hand | {"constant_rate": constant})


def _probability(model: Churn, customers: pd.DataFrame) -> NDArray[np.float64]:
    return model.chances.probability(rhythm.features(customers).to_numpy())
