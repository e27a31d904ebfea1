"""Customer lifetime value: fitted on grouped customers, judged on the days after the cut.

A time unit is a day, and an order is a day with an order: two baskets on one day are one occasion.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.models import plots
from jobs.models.bg_nbd import BgNbd, OneDropout
from jobs.models.bg_nbd_fit import fit_bg_nbd
from jobs.models.gamma_gamma import fit_gamma_gamma
from jobs.models.histories import examples, histories
from jobs.models.judged import Judged
from jobs.models.lifetime_value import HORIZON, INPUTS, LEVEL, Clv, interval

MOST_JUDGED = 100_000  # customers; more change no printed digit


def fit(customer_days: DataFrame, cut: date) -> Clv:
    """Fit on what was known at ``cut``; equal customers are one row with a weight."""
    now = histories(customer_days, cut)
    orders = _orders(now.groupBy(*INPUTS[:3]).agg(F.count("*").alias("customers")).toPandas())
    of_value = now.where("repeat_days > 0").groupBy("repeat_days", "repeat_spend").agg(F.count("*").alias("customers"))
    spent = of_value.toPandas()
    values = fit_gamma_gamma(spent["repeat_days"], spent["repeat_spend"], spent["customers"])
    [[purchased, returned, days]] = now.agg(
        F.sum("purchased"), F.sum("returned"), F.sum(F.col("repeat_days") + 1)
    ).collect()
    level = _nominal_level(customer_days, cut - timedelta(days=HORIZON))
    return Clv(orders, values, level, returned / purchased if purchased > 0 else 0.0, purchased / days)


def _orders(grouped: pd.DataFrame) -> BgNbd | OneDropout:
    x, t_x, T = (grouped[name] for name in INPUTS[:3])
    return fit_bg_nbd(x, t_x, T, grouped["customers"])


def _nominal_level(customer_days: DataFrame, cut: date) -> float:
    """The level at which an interval made at ``cut`` held ``LEVEL`` of the customers in the days after it.

    Customers change their rate, which the model does not know, so its own 80 % hold fewer. Split conformal prediction
    (Vovk, Gammerman and Shafer 2005), with the split in time: the window ends where the judge's holdout begins.
    """
    seen = examples(customer_days, customer_days, cut).groupBy(*INPUTS[:3], "future_orders")
    grouped = seen.agg(F.count("*").alias("customers")).toPandas()
    if grouped.empty or not (grouped["repeat_days"] > 0).any():
        return LEVEL
    orders = _orders(grouped)
    x, t_x, T = (grouped[name].to_numpy(float) for name in INPUTS[:3])
    y, weights = grouped["future_orders"].to_numpy(), grouped["customers"].to_numpy()
    for level in np.arange(LEVEL, 0.99, 0.01):
        low, high = interval(orders, x, t_x, T, level)
        if np.average((low <= y) & (y <= high), weights=weights) >= LEVEL:
            return float(round(level, 2))
    return 0.99


def judge(model: Clv, before: DataFrame, after: DataFrame, cut: date, champion: Clv | None) -> Judged:
    """Orders and spend of the holdout beside the naive rate (repeat orders per day so far, times the days)."""
    sample = examples(after, before, cut).orderBy(F.xxhash64("customer_id")).limit(MOST_JUDGED).toPandas()
    found = model.predict(sample)
    y, spend = sample["future_orders"].to_numpy(float), sample["future_spend"].to_numpy(float)
    x, T = sample["repeat_days"].to_numpy(float), sample["days_observed"].to_numpy(float)
    naive = x / np.maximum(T, 1) * HORIZON
    mean_value = np.average(sample["repeat_spend"], weights=np.maximum(x, 1e-9))
    naive_spend = naive * np.where(x > 0, sample["repeat_spend"], mean_value)
    orders = found["expected_orders_90d"].to_numpy()
    low, high = found["orders_90d_low"].to_numpy(), found["orders_90d_high"].to_numpy()
    at_edge = (y == low) | (y == high)
    metrics = {
        "orders_mae": _mae(orders, y),
        "orders_mae_naive": _mae(naive, y),
        "orders_rmse": float(np.sqrt(np.mean((orders - y) ** 2))),
        "orders_rmse_naive": float(np.sqrt(np.mean((naive - y) ** 2))),
        "orders_predicted_to_actual": float(orders.sum() / max(y.sum(), 1)),
        "spend_mae": _mae(found["expected_spend_90d"], spend),
        "spend_mae_naive": _mae(naive_spend, spend),
        "interval_coverage": float(((low <= y) & (y <= high)).mean()),
        "interval_coverage_half_ties": float(((low < y) & (y < high)).mean() + at_edge.mean() / 2),
        "alive_predicted": float(found["alive_probability"].mean()),
        "ordered_again": float((y > 0).mean()),
        "value_frequency_correlation": _correlation(sample[sample["repeat_days"] > 0]),
        "customers_judged": float(len(sample)),
    }
    if champion:
        theirs = champion.predict(sample)["expected_orders_90d"]
        metrics["orders_change_from_champion"] = _mae(orders, theirs)
    drawn = {
        "calibration": lambda: plots.calibration(orders, y, naive),
        "interval": lambda: plots.coverage(orders, low, high, y),
    }
    return Judged(metrics["orders_mae"], metrics["orders_mae_naive"], metrics, drawn)


def _mae(predicted: ArrayLike, actual: ArrayLike) -> float:
    return float(np.abs(np.asarray(predicted) - np.asarray(actual)).mean())


def _correlation(repeaters: pd.DataFrame) -> float:
    """Gamma-gamma takes it to be about 0: how often says little about how much."""
    return float(repeaters["repeat_days"].corr(repeaters["repeat_spend"]))
