"""Propensity: a purchase in a department in the next 28 days, of who bought anything in the last 56."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from pyspark.sql import functions as F

from jobs.arrays import Floats
from jobs.models import rhythm
from jobs.models.chances_judge import shares
from jobs.models.examples import Known, bought_after, drawn, gathered
from jobs.models.judged import Judged
from jobs.models.lifetime_value import Clv
from jobs.models.reasons import Reason
from jobs.models.supervised import MOST_OF_A_CUT, Answer, Question

HORIZON = 28  # days
PAIR = ["customer_id", "department"]
DAYS = [f"department_days_{days}d" for days in rhythm.WINDOWS]
AS_THEY_ARE = ["department_days", "days_since_department", "department_gap", "reach_28d", "again_28d"]


class Propensity(Answer):
    def predict(self, customers: pd.DataFrame) -> pd.DataFrame:
        """For each row of ``gold.customer_department_features``, beside that of ``gold.customer_features``, the scores
        of ``gold.customer_propensity``. They are many: their reasons are the quick ones."""
        known = features(customers)
        probability, found = self.explained(customers, known, REASONS, is_quick=True)
        return found.assign(propensity=probability)

    @staticmethod
    def example() -> pd.DataFrame:
        return Clv.example().assign(**dict.fromkeys([*DAYS, *AS_THEY_ARE], 1.0))


def features(customers: pd.DataFrame) -> pd.DataFrame:
    """What they bought here, as rates and as shares of all that they bought; what others do; and their rhythm."""
    here = {name: customers[name].to_numpy(float) for name in AS_THEY_ARE}
    here |= rhythm.rates(customers, "department_days")
    here["department_share"] = here["department_days"] / (customers["repeat_days"].to_numpy(float) + 1)
    lately = np.maximum(customers["order_days_90d"].to_numpy(float), 1)
    here["department_share_90d"] = customers["department_days_90d"].to_numpy(float) / lately
    here["away_by_department_gap"] = here["days_since_department"] / np.maximum(here["department_gap"], 1)
    return pd.DataFrame(here).join(rhythm.features(customers).reset_index(drop=True))


def seen(known: Known, cut: date, until: date) -> pd.DataFrame:
    """At most so many customers in departments, and whether they bought there after the cut: ``will_buy``."""
    here, customers = (known(f"gold.customer_{name}", cut, cut) for name in ("department_features", "features"))
    some = drawn(here, MOST_OF_A_CUT, PAIR)
    bought = bought_after(known, cut, until, HORIZON).select(*PAIR).distinct()
    labels = bought.withColumn("will_buy", F.lit(1.0))
    rows = some.join(customers, "customer_id").join(labels, PAIR, "left")
    return gathered(rows.fillna(0.0, ["will_buy"]), PAIR)


def will_buy(rows: pd.DataFrame) -> Floats:
    return rows["will_buy"].to_numpy(float)


def by_hand(before: pd.DataFrame, now: pd.DataFrame) -> dict[str, Floats]:
    """How many buy in a department, and how many of those who were there on as many of the last 56 days."""
    found = {name: np.empty(len(now)) for name in ("department_rate", "own_share_56d")}
    for department, rows in now.groupby("department"):
        was, place = before[before["department"] == department], now.index.get_indexer(rows.index)
        if not len(was):
            was = before  # nobody went there then
        bought, days = will_buy(was), "department_days_56d"
        found["department_rate"][place] = bought.mean()
        found["own_share_56d"][place] = shares(was[days].to_numpy(float), bought, rows[days].to_numpy(float))
    return found


QUESTION = Question(HORIZON, seen, features, will_buy, by_hand, lambda rows: rows["department"].to_numpy())


def fit(known: Known, cut: date) -> Propensity:
    return Propensity(QUESTION.fit(known, cut))


def judge(model: Propensity, known: Known, cut: date, as_of: date, champion: Propensity | None) -> Judged:
    return QUESTION.judge(model.chances, known, cut, as_of, champion.chances if champion else None)


def _here(row: Any) -> str:
    return rhythm.lately(row.department_days_28d, row.department_days_56d, "here ")


def _since(row: Any) -> str:
    if pd.isna(row.days_since_department):
        return "never bought here"
    usual = "" if pd.isna(row.department_gap) else f", usually every {row.department_gap:.0f}"
    return f"last bought here {row.days_since_department:.0f} days ago{usual}"


def _share(row: Any) -> str:
    return f"bought here on {row.department_days:.0f} of {row.repeat_days + 1:.0f} days with an order"


def _others(row: Any) -> str:
    return f"{row.reach_28d:.0%} of customers buy here in 28 days"


REASONS = (
    Reason(tuple(DAYS), _here),
    Reason(("days_since_department", "department_gap", "away_by_department_gap"), _since),
    Reason(("department_days", "department_share", "department_share_90d"), _share),
    Reason(("reach_28d", "again_28d"), _others),
    *rhythm.REASONS,
)
