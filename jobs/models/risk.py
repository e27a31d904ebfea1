"""Risk: an isolation forest learns who is unusual; what they bring back and use coupons for later judges it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyspark.sql import functions as F

from jobs.arrays import Floats
from jobs.models import bootstrap
from jobs.models.examples import MOST, Known, drawn, gathered, is_after, judged
from jobs.models.judged import Judged
from jobs.models.unusual import FEATURES, SHARES, Risk, borders, features, floors
from jobs.money import total
from jobs.statistics.cannot_fit import CannotFit
from jobs.statistics.isolation_fit import SAMPLES, grown
from jobs.statistics.shrinkage import Prior, events, prior

MOST_FITTED, HORIZON = 50_000, 90  # customers; days
FIRST, RARE = 0.02, 0.99  # of the customers, whom somebody would look at; what is rare later
METRIC, RULE = "later_lift", "returned_share"
LATER = {"returned": ("later_returned", "later_purchased", "later_days")}
LATER |= {"couponed": ("later_coupon_days", "later_days", "later_days")}


def fit(known: Known, cut: date) -> Risk:
    """Of what was known at the cut. CannotFit where there are too few customers to be unusual among."""
    customers = gathered(drawn(known("gold.customer_risk_features", cut, cut), MOST_FITTED))
    if len(customers) < SAMPLES:
        raise CannotFit(f"{len(customers)} customers are too few to be unusual among; {SAMPLES} are needed")
    priors: dict[str, Prior] = {name: prior(*events(customers, *of)) for name, of in SHARES.items()}
    told = features(customers, priors)
    least = floors(told, priors)
    forest = grown(np.maximum(told, least))
    return Risk(priors, least, forest, borders(forest.score(np.maximum(told, least))))


@dataclass(frozen=True)
class Seen:
    """At a cut: ``customers``, whether they were ``unusual`` later, 0 or 1, and what the model and each of the others
    said of them; all of shape (n,)."""

    customers: NDArray
    unusual: Floats
    said: Mapping[str, Floats]

    def lifts(self, name: str) -> Floats:
        """Of each customer; their mean is how many times as often the first were unusual later as all were."""
        return first(self.said[name]) * self.unusual / (FIRST * self.unusual.mean())


def judge(model: Risk, known: Known, cut: date, as_of: date, champion: Risk | None) -> Judged:
    """At each cut by a model that was fitted there: are the first of those whom it finds unusual so again, in what they
    bring back or use coupons for in the 90 days after? CannotFit where nobody does either."""
    models = {cut: model}
    for then in judged(cut)[1:]:
        with suppress(CannotFit):
            models[then] = fit(known, then)
    rows = {then: _later(known, then, as_of) for then in models}
    seen = [_seen(models[then], of) for then, of in rows.items() if unusual(of).any()]
    if not seen:
        raise CannotFit("nobody brought anything back or used a coupon in the weeks that it would be judged by")
    lifts = {name: np.concatenate([of.lifts(name) for of in seen]) for name in seen[0].said}
    low, high = bootstrap.difference(lifts[""], lifts[RULE], np.concatenate([of.customers for of in seen]))
    metrics = {METRIC: float(lifts[""].mean()), f"{METRIC}_difference_low": low, f"{METRIC}_difference_high": high}
    metrics |= {f"{METRIC}_beside_{name}": float(of.mean()) for name, of in lifts.items() if name not in ("", RULE)}
    metrics |= {
        "unusual_later": float(np.mean([of.unusual.mean() for of in seen])),
        "rows_judged": float(len(lifts[""])),
    }
    against = None
    if champion and unusual(rows[cut]).any():
        mine, theirs = (_seen(of, rows[cut]).lifts("").mean() for of in (model, champion))
        against = float(mine), float(theirs)
    return Judged(metrics, {RULE: {METRIC: float(lifts[RULE].mean())}}, against)


def _seen(model: Risk, rows: pd.DataFrame) -> Seen:
    """Beside the model two shares alone, and ``farthest``."""
    told = model.told(rows)
    said = {"": model.forest.score(told), "farthest_feature": farthest(model, rows)}
    said |= {name: told[:, FEATURES.index(name)] for name in (RULE, "coupon_day_share")}
    return Seen(rows["customer_id"].to_numpy(), unusual(rows), said)


def farthest(model: Risk, rows: pd.DataFrame) -> Floats:
    """How far the feature lies above what is usual that does so most, in standard deviations; shape (n,)."""
    above = model.told(rows) - model.floors
    return (above / np.maximum(above.std(axis=0), 1e-9)).max(axis=1)


def _later(known: Known, cut: date, as_of: date) -> pd.DataFrame:
    """Customers as known at the cut, and what they did in the 90 days after it, as known at ``as_of``."""
    customers = drawn(known("gold.customer_risk_features", cut, cut), MOST // len(judged(cut)))
    is_bought, coupons = F.col("orders") > 0, F.col("coupon_discount") + F.col("coupon_match")
    sums = {
        "later_days": F.count_if(is_bought),
        "later_coupon_days": F.count_if(is_bought & (coupons > 0)),
        "later_purchased": total("purchased").cast("double"),
        "later_returned": total("returned").cast("double"),
    }
    days = known("gold.customer_days", as_of, cut).where(is_after(cut, HORIZON)).groupBy("customer_id")
    later = days.agg(*(value.alias(name) for name, value in sums.items()))
    return gathered(customers.join(later, "customer_id", "left").fillna(0, list(sums)))


def unusual(rows: pd.DataFrame) -> Floats:
    """1 for who later brought back, or used coupons on, more of what they bought than 99 in 100; shape (n,)."""
    found = np.zeros(len(rows))
    for of in LATER.values():
        many, days = events(rows, *of)
        share = prior(many, days).shrunk(many, days)
        found[(many > 0) & (share >= np.quantile(share, RARE))] = 1
    return found


def first(said: Floats) -> Floats:
    """1 for the first customers of whom most was said, 0 for others; of who is equal at the border each the same part.
    They come to ``FIRST`` of all; shape (n,)."""
    border, many = np.quantile(said, 1 - FIRST, method="inverted_cdf"), FIRST * len(said)
    over, equal = said > border, said == border
    return over + equal * (many - over.sum()) / equal.sum()
