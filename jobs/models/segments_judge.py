"""Are segments worth their name? How much of what customers do later lies between them, beside groups by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from pyspark.sql import functions as F
from sklearn.metrics import silhouette_score

from expectations.models.segments import segments as contract
from jobs.arrays import Floats
from jobs.gold.customer_department_mix import mix
from jobs.models import plots
from jobs.models.buying import shares, what
from jobs.models.examples import Known, bought_after, is_after
from jobs.models.judged import Judged
from jobs.models.labels import moved
from jobs.models.segmentation import Segments
from jobs.money import total
from jobs.statistics.explained import explained

METRIC = "told_apart"


@dataclass(frozen=True)
class Later:
    """What each customer did after a cut, 0 of who did nothing: ``spend`` and ``order_days``, (n,), and the ``mix`` of
    departments, (n, departments), NaN of who bought nothing."""

    spend: Floats
    order_days: Floats
    mix: Floats


def later(known: Known, cut: date, until: date, customers: pd.DataFrame, departments: Sequence[str]) -> Later:
    """Of these ``customers``, in their order."""
    days = known("gold.customer_days", until, cut).where(is_after(cut, contract.holdout_days)).groupBy("customer_id")
    sums = days.agg(total("spend").cast("double").alias("spend"), F.count_if(F.col("orders") > 0).alias("order_days"))
    bought = mix(bought_after(known, cut, until, contract.holdout_days))
    every = (
        sums.join(bought, "customer_id", "left").toPandas().set_index("customer_id").reindex(customers["customer_id"])
    )
    spend, order_days = (every[name].fillna(0).to_numpy(float) for name in ("spend", "order_days"))
    return Later(spend, order_days, what(every, departments))


def told_apart(groups: ArrayLike, after: Later) -> dict[str, float]:
    """``explained``: share of the variance of each that lies between ``groups`` (n,). ``told_apart``: the geometric
    mean of how much (log of spend, order days, who came at all) and of what: groups that tell one alone are the
    sceptic's, who sorts by it. Where nobody knows of departments, how much."""
    groups = np.asarray(groups)
    found = {
        "explained_spend": explained(np.log1p(after.spend.clip(0)), groups),
        "explained_order_days": explained(after.order_days, groups),
        "explained_gone": explained(after.order_days == 0, groups),
    }
    how_much = max(float(np.mean([*found.values()])), 0.0)
    if after.mix.shape[1] < 2:
        return {METRIC: how_much, **found}
    came = ~np.isnan(after.mix[:, 0])
    found["explained_mix"] = explained(after.mix[came], groups[came]) if came.any() else 0.0
    return {METRIC: float(np.sqrt(how_much * max(found["explained_mix"], 0.0))), **found}


def by_hand(customers: pd.DataFrame, many: int, departments: Sequence[str]) -> dict[str, pd.Series]:
    """As many groups, as large as each other: by orders, by spend; and half as many by orders, each cut in two by the
    share of the department in which customers differ most."""

    def equal(name: str, parts: int) -> pd.Series:
        return pd.qcut(customers[name].astype(float).rank(method="first"), parts, labels=False)

    share = np.nan_to_num(shares(customers, departments))
    found = {"frequency_groups": equal("orders_91d", many), "spend_groups": equal("spend_91d", many)}
    widest = share[:, share.std(axis=0).argmax()] if len(departments) else np.zeros(len(customers))
    found["frequency_and_department"] = 2 * equal("orders_91d", -(-many // 2)) + (widest > np.median(widest))
    return found


def judge(model: Segments, customers: pd.DataFrame, after: Later, champion: Segments | None) -> Judged:
    found, placed = model.predict(customers), model.placed(customers)
    metrics = told_apart(found["segment"], after) | {"k": float(len(model.labels))}
    metrics |= {"silhouette": silhouette(placed, found["segment"]), "customers_judged": float(len(customers))}
    metrics["unusual_share"] = float(found["is_unusual"].mean())
    departments = model.space.departments
    baselines = {name: told_apart(of, after) for name, of in by_hand(customers, len(model.labels), departments).items()}
    against, faults = None, list[str]()
    if champion:
        theirs = champion.predict(customers)["segment"]
        against = metrics[METRIC], told_apart(theirs, after)[METRIC]
        if model.is_comparable(champion):
            told, faults = moved(theirs, found["segment"], "segment")
            metrics |= told
    pictures = {
        "profile": lambda: plots.profile(model.profile()),
        "choice": lambda: plots.choice(model.tried, len(model.labels)),
    }
    return Judged(metrics, baselines, against, pictures, tuple(faults))


def silhouette(placed: Floats, labels: ArrayLike) -> float:
    return float(silhouette_score(placed, labels)) if len(np.unique(labels)) > 1 else -1.0
