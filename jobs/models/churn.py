"""Churn: no purchase in the next 28 days, of who bought in the last 56."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jobs.models import rhythm
from jobs.models.chances_judge import shares
from jobs.models.examples import Known, examples
from jobs.models.judged import Judged
from jobs.models.lifetime_value import Clv
from jobs.models.supervised import MOST_OF_A_CUT, Answer, Question

HORIZON, WARNED = 28, 0.5  # days; the probability from which on it is said
BY_HAND = {"days_away": "days_since_last_order", "order_days_56d": "order_days_56d"}


class Churn(Answer):
    def predict(self, customers: pd.DataFrame) -> pd.DataFrame:
        """For each row of ``gold.customer_features`` the scores of ``gold.customer_churn``."""
        probability, found = self.explained(customers, rhythm.features(customers), rhythm.REASONS)
        return found.assign(churn_probability=probability, is_warned=probability >= WARNED)

    @staticmethod
    def example() -> pd.DataFrame:
        return Clv.example()


def seen(known: Known, cut: date, until: date) -> pd.DataFrame:
    """Whom it is asked about, with what they did after the cut."""
    return examples(known, cut, until, HORIZON, MOST_OF_A_CUT)


def left(customers: pd.DataFrame) -> NDArray[np.float64]:
    return (customers["future_orders"] == 0).to_numpy(float)


def by_hand(before: pd.DataFrame, now: pd.DataFrame) -> dict[str, NDArray[np.float64]]:
    """How often those left who had been away as long, or had come as often."""
    found = {"constant_rate": np.full(len(now), left(before).mean())}
    for name, column in BY_HAND.items():
        was, is_ = (of[column].to_numpy(float) for of in (before, now))
        found[name] = shares(was, left(before), is_)
    return found


QUESTION = Question(HORIZON, seen, rhythm.features, left, by_hand)


def fit(known: Known, cut: date) -> Churn:
    return Churn(QUESTION.fit(known, cut))


def judge(model: Churn, known: Known, cut: date, as_of: date, champion: Churn | None) -> Judged:
    return QUESTION.judge(model.chances, known, cut, as_of, champion.chances if champion else None)
