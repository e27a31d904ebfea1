"""Simulated customers with known truth: generated, nobody's data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobs.statistics.bg_nbd import BgNbd
from jobs.statistics.gamma_gamma import GammaGamma

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Customers:
    """Histories up to T and what came after, each of shape (n,), in whole days; values in money, to the cent."""

    frequency: Floats
    recency: Floats
    T: Floats
    monetary_value: Floats
    future_orders: Floats
    is_alive: NDArray[np.bool_]


def simulate(n: int, orders: BgNbd, values: GammaGamma, days: int = 365, future: int = 90, seed: int = 1) -> Customers:
    """``n`` customers who joined in the last ``days``, drawn from the two models; then ``future`` days more."""
    draw = np.random.default_rng(seed)
    rate = draw.gamma(orders.r, 1 / orders.alpha, n)
    leaves_after = draw.geometric(np.maximum(draw.beta(orders.a, orders.b, n), 1e-12))
    T = draw.integers(1, days + 1, n).astype(float)
    x, last, later = np.zeros(n), np.zeros(n), np.zeros(n)
    here, at, made = np.arange(n), np.zeros(n), np.zeros(n)
    while len(here):
        at = at + draw.exponential(1 / np.maximum(rate[here], 1e-12))
        made = made + 1
        is_past, is_future = at <= T[here], (at > T[here]) & (at <= T[here] + future)
        x[here[is_past]] += 1
        last[here[is_past]] = at[is_past]
        later[here[is_future]] += 1
        goes_on = (at <= T[here] + future) & (made < leaves_after[here])
        here, at, made = here[goes_on], at[goes_on], made[goes_on]
    nu = draw.gamma(values.q, 1 / values.gamma, n)
    mean = draw.gamma(np.maximum(values.p * x, 1e-12)) / np.maximum(nu * x, 1e-12)
    monetary = np.where(x > 0, np.maximum(np.round(mean, 2), 0.01), 0)
    return Customers(x, np.minimum(np.ceil(last), T), T, monetary, later, leaves_after > x)
