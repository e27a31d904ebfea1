"""How supervised models learn: features as known at several cuts, labels from after each; judged on the latest by time.

A month of 31 days lies between two cuts: horizons of 28 and of 90 days share them, counted back from a night, and they
fall on different weekdays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pandas as pd
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from jobs.money import total

#: A table, the day at which it is known, and the cut: of who was whom then.
Known = Callable[[str, date, date], DataFrame]
STEP, JUDGED, SIDE_BY_SIDE = timedelta(days=31), 3, 3
MOST = 200_000  # examples of a training, the same ones each time


def earlier(cut: date, horizon: int, many: int) -> list[date]:
    """Cuts, newest first, of which the whole ``horizon`` (days) has passed at ``cut``."""
    return [cut - STEP * n for n in range(-(-horizon // STEP.days), many + -(-horizon // STEP.days))]


def judged(cut: date) -> list[date]:
    """The latest cuts, which a model is judged at; it is fitted at the first."""
    return [cut - STEP * n for n in range(JUDGED)]


def examples(known: Known, cut: date, until: date, horizon: int, most: int = MOST) -> pd.DataFrame:
    """``gold.customer_features`` at ``cut``, and what these customers did in the ``horizon`` days after it, as known at
    ``until``: ``future_orders`` (days with a purchase) and ``future_spend`` (net). One row each; at most ``most``."""
    features = drawn(known("gold.customer_features", cut, cut), most)
    later = known("gold.customer_days", until, cut).where(is_after(cut, horizon)).groupBy("customer_id")
    labels = later.agg(
        F.count_if(F.col("orders") > 0).alias("future_orders"), total("spend").cast("double").alias("future_spend")
    )
    return gathered(features.join(labels, "customer_id", "left").fillna(0, ["future_orders", "future_spend"]))


def bought_after(known: Known, cut: date, until: date, horizon: int) -> DataFrame:
    """``gold.account_department_days`` of the ``horizon`` days after the cut, with the customer of then."""
    after = known("gold.account_department_days", until, cut).where(is_after(cut, horizon))
    return after.join(known("silver.customers", cut, cut).select("account_id", "customer_id"), "account_id")


def is_after(cut: date, horizon: int) -> Column:
    on = F.col("ordered_on")
    return (on > F.lit(cut)) & (on <= F.lit(cut + timedelta(days=horizon)))


def of_cuts(known: Known, cuts: Sequence[date], until: date, horizon: int) -> dict[date, pd.DataFrame]:
    """``examples`` of several cuts, gathered side by side; at most ``MOST`` of all together."""
    return side_by_side(cuts, lambda cut: examples(known, cut, until, horizon, MOST // len(cuts)))


def side_by_side(cuts: Sequence[date], rows: Callable[[date], pd.DataFrame]) -> dict[date, pd.DataFrame]:
    """The ``rows`` of each cut."""
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        return dict(zip(cuts, pool.map(rows, cuts), strict=True))


def gathered(rows: DataFrame, key: Sequence[str] = ("customer_id",)) -> pd.DataFrame:
    """On the driver, in one order: trees draw by place, and the same examples are to make the same trees."""
    return rows.toPandas().sort_values(list(key), ignore_index=True)


def drawn(rows: DataFrame, most: int = MOST, key: Sequence[str] = ("customer_id",)) -> DataFrame:
    """At most ``most`` of them, customer by customer, the same ones each time."""
    return rows.orderBy(F.xxhash64("customer_id"), *key).limit(most)
