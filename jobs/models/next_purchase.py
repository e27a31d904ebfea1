"""Next purchase: when a customer will buy a category again that they buy again and again."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyspark.sql import functions as F

from jobs.arrays import Floats
from jobs.models import next_purchase_judge, rhythm
from jobs.models.examples import Known, bought_after, drawn, earlier, gathered, judged, side_by_side
from jobs.models.judged import Judged
from jobs.models.learned import Learned
from jobs.models.lifetime_value import Clv
from jobs.models.next_purchase_judge import SOON, Asked
from jobs.statistics import hazard
from jobs.statistics.cannot_fit import CannotFit
from jobs.statistics.hazard import BINS, HORIZON, NEVER, Hazard

KEY = ["customer_id", "department", "category"]
MOST = 20_000  # examples of a cut
LEVEL, REMIND = 0.8, 3  # of a window; days
AS_THEY_ARE = [
    "category_gap", "category_gap_deviation", "category_gap_of_all", "category_days", "days_since_category",
    "mean_gap", "repeat_days", "days_since_last_order",
]  # fmt: skip
OFTEN = (("category_days", 56), ("category_days", 112), ("order_days", 28), ("order_days", 56))
AWAY = 3  # times the usual gap, beyond which it is all the same


@dataclass(frozen=True)
class NextPurchase(Learned):
    FORMATS: ClassVar = (1,)

    hazard: Hazard

    def by_day(self, customers: pd.DataFrame) -> Floats:
        return self.hazard.by_day(*features(customers))

    def predict(self, customers: pd.DataFrame) -> pd.DataFrame:
        """For each row of ``gold.customer_category_features``, beside that of ``gold.customer_features``, the scores of
        ``gold.customer_next_purchase``."""
        by_day = self.by_day(customers)
        expected, (first, last) = hazard.quantile(by_day, 0.5), hazard.window(by_day, LEVEL)
        found = {
            "probability_28d": by_day[:, SOON - 1],
            "expected_on": _ahead(customers, expected).where(expected < NEVER, None),
            "window_from": _ahead(customers, first),
            "window_until": _ahead(customers, last).where(last < NEVER, None),
            "remind_on": _ahead(customers, np.maximum(expected - REMIND, 1)).where(expected < NEVER, None),
        }
        return pd.DataFrame(found, index=customers.index)

    @staticmethod
    def example() -> pd.DataFrame:
        bought = dict.fromkeys(("category_gap", "category_gap_deviation", "category_gap_of_all"), 10.0)
        days = {"category_days": 5, "category_days_56d": 3, "category_days_112d": 5, "days_since_category": 4}
        return Clv.example().assign(**bought, **days, last_bought_on=pd.Timestamp("2017-12-27"))

    def parameters(self) -> dict[str, Any]:
        return {f"log odds of bin {day}": of for day, of in zip(BINS, self.hazard.bins, strict=True)}

    def as_data(self) -> dict[str, Any]:
        return {"hazard": self.hazard.as_data()}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        return cls(Hazard.from_data(data["hazard"]))


def _ahead(customers: pd.DataFrame, days: NDArray) -> pd.Series:
    """Dates so many days after the day on which ``days_since_category`` was counted."""
    since = pd.to_timedelta(customers["days_since_category"].to_numpy() + days, unit="D")
    return (pd.to_datetime(customers["last_bought_on"]) + since).dt.date


def features(customers: pd.DataFrame) -> tuple[Floats, Floats]:
    """What stays, (n, features): rhythm in the category, that of others in it, and that of the customer in all; and
    what changes from bin to bin, (n, bins, 2): how long ago the last day will be then, by the usual gap."""
    of = {name: customers[name].to_numpy(float) for name in AS_THEY_ARE}
    gap, since = np.maximum(of["category_gap"], 1), of["days_since_category"]
    every = np.maximum(np.where(np.isnan(of["mean_gap"]), gap, of["mean_gap"]), 1)
    often = [rhythm.rate(customers, what, days) * days for what, days in OFTEN]
    logs = [since, of["days_since_last_order"], since / every, *often]
    stays = [
        *(np.log1p(what) for what in logs),
        *(np.log(what) for what in (gap, every, np.maximum(of["category_gap_of_all"], 1), of["category_days"])),
        np.log(of["category_days"] / (of["repeat_days"] + 1)),
        of["category_gap_deviation"] / gap,
    ]
    away = (since[:, None] + BINS) / gap[:, None]
    return np.column_stack(stays), np.stack([np.log(away), np.minimum(away, AWAY)], axis=2)


def seen(known: Known, cut: date, until: date) -> pd.DataFrame:
    """At most so many customers in categories, and the ``day`` after the cut on which they bought there, 1 to 57."""
    here, customers = (known(f"gold.customer_{name}", cut, cut) for name in ("category_features", "features"))
    after = bought_after(known, cut, until, HORIZON)
    bought = after.select(*KEY[:2], "ordered_on", F.explode("categories").alias("category"))
    labels = bought.groupBy(*KEY).agg(F.datediff(F.min("ordered_on"), F.lit(cut)).alias("day"))
    rows = drawn(here, MOST, KEY).join(customers, "customer_id").join(labels, KEY, "left")
    return gathered(rows.fillna(NEVER, ["day"]), KEY)


def past(known: Known, cut: date) -> pd.DataFrame:
    """What there is to learn from: the latest cut whose days had passed at ``cut``. Two were no better."""
    return seen(known, earlier(cut, HORIZON, 1)[0], cut)


def fitted(rows: pd.DataFrame) -> NextPurchase:
    return NextPurchase(hazard.fit(*features(rows), rows["day"].to_numpy()))


def fit(known: Known, cut: date) -> NextPurchase:
    """CannotFit where too few came again."""
    return fitted(past(known, cut))


def judge(model: NextPurchase, known: Known, cut: date, as_of: date, champion: NextPurchase | None) -> Judged:
    """At each cut by a model that was fitted there as this one was, and knew nothing later."""
    cuts, asked = judged(cut), list[Asked]()
    before = side_by_side(cuts, lambda then: past(known, then))
    now = side_by_side(cuts, lambda then: seen(known, then, as_of))
    for then in (then for then in cuts if len(now[then])):
        with suppress(CannotFit):
            of = model if then == cut else fitted(before[then])
            by_hand = next_purchase_judge.by_hand(before[then], now[then])
            asked.append(Asked(now[then], of.by_day(now[then]), by_hand))
    if not asked:
        raise CannotFit("nothing was bought again and again before the cuts that it would be judged at")
    return next_purchase_judge.judge(asked, champion.by_day(now[cut]) if champion else None, LEVEL)
