"""Our models beside their peers, on the same simulated customers, in the same run: time, likelihood, holdout error."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from sklearn.metrics import mean_absolute_error

from benchmarks.timing import seconds
from jobs.models.segments import clustered
from jobs.statistics import BgNbd, GammaGamma, fit_bg_nbd, fit_gamma_gamma
from samples.customers import Customers, simulate

CUSTOMERS, DAYS = 2_000_000, 90
ORDERS, VALUES = BgNbd(0.8, 40, 0.8, 2.5), GammaGamma(6.25, 3.74, 15.44)


def grouped(of: Customers) -> tuple[np.ndarray, np.ndarray]:
    """Equal customers as one row: (frequency, recency, T, weight), and (frequency, value, weight)."""
    histories, weights = _counted((of.frequency, of.recency, of.T), (1000, 1000))
    repeats = of.frequency > 0
    values, of_value = _counted((np.round(of.monetary_value[repeats] * 100), of.frequency[repeats]), (1000,))
    return np.vstack([histories, weights]), np.vstack([values[1], values[0] / 100, of_value])


def _counted(columns: tuple[np.ndarray, ...], bases: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    keys = columns[0].astype(np.int64)
    for column, base in zip(columns[1:], bases, strict=True):
        keys = keys * base + column.astype(np.int64)
    keys, weights = np.unique(keys, return_counts=True)
    parts = []
    for base in reversed(bases):
        keys, part = np.divmod(keys, base)
        parts.append(part)
    return np.array([keys, *reversed(parts)], float), weights


def clv() -> dict[str, float]:
    """Fit and predict ``CUSTOMERS`` customers: ours grouped, ``lifetimes`` as its manual does it."""
    from lifetimes import BetaGeoFitter, GammaGammaFitter  # type: ignore[import-untyped]

    of = simulate(CUSTOMERS, ORDERS, VALUES, future=DAYS)
    found: dict[str, Any] = {}

    def ours() -> None:
        (x, t_x, T, w), (n, m, v) = found["groups"]
        found["model"], found["values"] = fit_bg_nbd(x, t_x, T, w), fit_gamma_gamma(n, m, v)
        found["model"].expected_orders(DAYS, x, t_x, T), found["values"].expected_value(n, m)

    def peer() -> None:
        found["peer"] = BetaGeoFitter().fit(of.frequency, of.recency, of.T)
        has = of.frequency > 0
        GammaGammaFitter().fit(of.frequency[has], of.monetary_value[has])
        found["their"] = found["peer"].conditional_expected_number_of_purchases_up_to_time(
            DAYS, of.frequency, of.recency, of.T
        )

    grouping = seconds(lambda: found.update(groups=grouped(of)))
    fitting = min(seconds(ours) for _ in range(3))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = seconds(peer)
    # its own is of times scaled by the longest: ask its formula in days
    logs = np.log([found["peer"].params_[name] for name in ("r", "alpha", "a", "b")])
    at_theirs = -BetaGeoFitter._negative_log_likelihood(
        logs, of.frequency, of.recency, of.T, np.ones(CUSTOMERS), penalizer_coef=0
    )
    predicted = found["model"].expected_orders(DAYS, of.frequency, of.recency, of.T)
    naive = of.frequency / of.T * DAYS
    return {
        "BG/NBD and gamma-gamma, fit and predict, 2 M customers once grouped (goal: 1 s)": fitting,
        "grouping them (numpy)": grouping,
        "lifetimes 0.11.3, the same customers (goal: 20 times ours)": theirs,
        "times faster, grouping included": theirs / (fitting + grouping),
        "log-likelihood a customer, ours": found["model"].log_likelihood / CUSTOMERS,
        "log-likelihood a customer, at lifetimes' parameters": at_theirs,
        "holdout error (MAE, orders in 90 days): ours": mean_absolute_error(of.future_orders, predicted),
        "holdout error: lifetimes": mean_absolute_error(of.future_orders, found["their"]),
        "holdout error: naive rate": mean_absolute_error(of.future_orders, naive),
    }


def segments() -> dict[str, float]:
    """k-means as the segments fit it."""
    scaled = np.random.default_rng(0).normal(size=(200_000, 9))
    scaled[:, 0] += np.arange(200_000) % 3 * 4
    clustered(scaled[:1000], 3)
    return {
        "k-means, 200,000 customers x 9 features, k = 3, 5 starts (goal: 1 s)": seconds(lambda: clustered(scaled, 3))
    }
