"""Gamma-gamma: what an order of a customer is worth.

Fader and Hardie (2013), The Gamma-Gamma Model of Monetary Value. An order's value is Gamma(p, nu) with
nu ~ Gamma(q, gamma) over customers; how often somebody orders must say little about how much.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize
from scipy.special import gammaln, psi

from jobs.arrays import Floats
from jobs.statistics.bg_nbd import floats
from jobs.statistics.cannot_fit import CannotFit


@dataclass(frozen=True)
class GammaGamma:
    """The three parameters (``gamma`` in units of money), and the log-likelihood at which they were found."""

    p: float
    q: float
    gamma: float
    log_likelihood: float = float("nan")

    def expected_value(self, frequency: ArrayLike, monetary_value: ArrayLike) -> Floats:
        """Expected value of an order, shape (n,); of a customer without a repeat order the population's mean.

        Equation (5): the mean of what the customer showed and what all show, weighted.
        """
        x, m = floats(frequency, monetary_value)
        seen = np.where(x > 0, x * m, 0.0)
        return self.p * (self.gamma + seen) / (self.p * x + self.q - 1)


def fit_gamma_gamma(frequency: ArrayLike, monetary_value: ArrayLike, weights: ArrayLike | None = None) -> GammaGamma:
    """Maximum likelihood from the number of repeat orders and their mean value, each of shape (n,).

    ``weights``: customers that each row stands for. Only rows with an order and a value above 0 count; CannotFit where
    fewer than three do, or values have no mean.
    """
    x, m = floats(frequency, monetary_value)
    [w] = floats(np.ones_like(x) if weights is None else weights)
    use = (x > 0) & (m > 0)
    if use.sum() < 3:
        raise CannotFit("fewer than three customers have a repeat order with a value")
    x, m, w = x[use], m[use], w[use]
    orders, of_orders = np.unique(x, return_inverse=True)
    total, share, spend = float(w.sum()), w / w.sum(), x * m
    by_orders = np.bincount(of_orders, share)
    log_m, log_x = np.log(m), np.log(x)
    mean_log_m, x_logs = float(share @ log_m), float(share @ (x * (log_m + log_x)))

    def minus(logs: Floats) -> tuple[float, Floats]:
        p, q, gamma = np.exp(np.clip(logs, -30, 30))
        rest = np.log(gamma + spend)
        tails = gammaln(p * orders + q) - gammaln(p * orders)
        value = by_orders @ tails - gammaln(q) + q * np.log(gamma) + p * x_logs - mean_log_m
        value -= share @ ((p * x + q) * rest)
        both = psi(p * orders + q)
        of_p = by_orders @ (orders * (both - psi(p * orders))) + x_logs - share @ (x * rest)
        of_q = by_orders @ both - psi(q) + np.log(gamma) - share @ rest
        of_gamma = q / gamma - share @ ((p * x + q) / (gamma + spend))
        return -float(value), -np.array([of_p * p, of_q * q, of_gamma * gamma])

    start = np.log([1.0, 2.0, max(float(share @ m), 1e-9)])
    found = minimize(minus, start, jac=True, method="BFGS", options={"gtol": 1e-7, "maxiter": 500})
    p, q, gamma = np.exp(found.x)
    if q <= 1:
        raise CannotFit("what customers pay for an order differs so much that it has no mean")
    return GammaGamma(float(p), float(q), float(gamma), float(-found.fun * total))
