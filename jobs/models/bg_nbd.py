"""BG/NBD: how often a customer buys, and whether they are still there.

Fader, Hardie and Lee (2005), "Counting Your Customers" the Easy Way: An Alternative to the Pareto/NBD Model, Marketing
Science 24(2), 275-284. While alive a customer orders as a Poisson process of rate lambda ~ Gamma(r, alpha); after each
repeat order they leave with probability p ~ Beta(a, b). Time is in any one unit; alpha is in that unit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import OptimizeResult, minimize
from scipy.special import betaln, expit, gammaln, hyp2f1, psi

from jobs.models.judged import CannotFit

Floats = NDArray[np.float64]
FEW = 10_000  # rows


@dataclass(frozen=True)
class BgNbd:
    """The four parameters, and the log-likelihood at which they were found."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float = float("nan")

    def probability_alive(self, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike) -> Floats:
        """P(still a customer at T), shape (n,). Fader, Hardie, Lee (2008), Computing P(alive) Using the BG/NBD."""
        x, t_x, T = _floats(frequency, recency, T)
        log_odds = np.log(self.a) - np.log(self.b + np.maximum(x, 1) - 1)
        log_odds = log_odds + (self.r + x) * (np.log(self.alpha + T) - np.log(self.alpha + t_x))
        return np.where(x > 0, expit(-log_odds), 1.0)

    def expected_orders(self, t: ArrayLike, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike) -> Floats:
        """Expected number of orders in (T, T + t], shape (n,); equation (10) of the paper."""
        x, t_x, T = _floats(frequency, recency, T)
        t = np.asarray(t, float)
        return self.probability_alive(x, t_x, T) * self.expected_if_alive(t, x, T)

    def expected_if_alive(self, t: Floats, x: Floats, T: Floats) -> Floats:
        """The unconditional expectation, equation (9), of a customer whose rate and dropout are known so far."""
        a = self.a if abs(self.a - 1) > 1e-6 else 1 + 1e-6  # the formula is 0/0 at 1, and smooth around it
        r, alpha, b = self.r + x, self.alpha + T, self.b + x
        z = t / (alpha + t)
        # Euler's transformation keeps the series' argument small where r + x is large
        series = (1 - z) ** (a - 1) * hyp2f1(a + b - 1 - r, a - 1, a + b - 1, z)
        return (a + b - 1) / (a - 1) * (1 - series)

    def order_probabilities(self, t: float, most: int, x: Floats, t_x: Floats, T: Floats) -> Floats:
        """P(exactly y orders in (T, T + t]) for y = 0 .. ``most``, shape (most + 1, n).

        Equation (8) of the paper with the rate and the dropout that are known at T: given that the customer is alive,
        lambda ~ Gamma(r + x, alpha + T) and p ~ Beta(a, b + x), independent.
        """
        alive = self.probability_alive(x, t_x, T)
        r, b, odds = self.r + x, self.b + x, t / (self.alpha + T + t)
        poisson = np.exp(r * np.log1p(-odds))  # negative binomial, of 0 orders
        stays, below = np.ones_like(x), np.zeros_like(x)
        found = np.empty((most + 1, len(x)))
        found[0] = 1 - alive + alive * poisson
        for y in range(1, most + 1):
            below = below + poisson  # P(fewer than y orders if nobody left)
            poisson = poisson * (r + y - 1) / y * odds
            leaves = stays * self.a / (self.a + b + y - 1)  # after the order y, not before
            stays = stays * (b + y - 1) / (self.a + b + y - 1)
            found[y] = alive * (stays * poisson + leaves * np.maximum(1 - below, 0))
        return found


def fit_bg_nbd(frequency: ArrayLike, recency: ArrayLike, T: ArrayLike, weights: ArrayLike | None = None) -> BgNbd:
    """Maximum likelihood from repeat orders, time of the last one, and time observed, each of shape (n,).

    ``weights``: customers that each row stands for, so that equal customers are one row. CannotFit where no customer
    came back, or a row is impossible.
    """
    x, t_x, T = _floats(frequency, recency, T)
    w = np.ones_like(x) if weights is None else np.asarray(weights, float)
    if not (x > 0).any():
        raise CannotFit(
            "by the day up to which it learns nobody had ordered twice: there is nothing to learn a rate from"
        )
    if (t_x > T).any() or (x < 0).any() or ((x == 0) & (t_x > 0)).any():
        raise CannotFit("a last order cannot lie after the time observed, nor before a first repeat")
    start = np.log([0.5, T.max() / 10, 0.5, 2.0])
    few = slice(None, None, max(1, len(x) // FEW))
    if len(x) > 2 * FEW:  # a fit of a few rows leaves the many little to do
        start = _maximum(_Likelihood(x[few], t_x[few], T[few], w[few]), start).x
    found = _maximum(_Likelihood(x, t_x, T, w), start)
    r, alpha, a, b = np.exp(found.x)
    return BgNbd(float(r), float(alpha), float(a), float(b), float(-found.fun * w.sum()))


def _maximum(likelihood: _Likelihood, start: Floats) -> OptimizeResult:
    return minimize(likelihood, start, jac=True, method="BFGS", options={"gtol": 1e-7, "maxiter": 500})


class _Likelihood:
    """Minus the mean log-likelihood (equation 6) and its gradient, in the logarithms of the parameters.

    What depends on the number of orders alone, or on a time alone, is computed once for each that occurs.
    """

    def __init__(self, x: Floats, t_x: Floats, T: Floats, w: Floats) -> None:
        self.x, self.w, self.has_repeat = x, w / w.sum(), x > 0
        self.orders, self.of_orders = np.unique(x, return_inverse=True)
        self.lasts, self.of_lasts = np.unique(t_x, return_inverse=True)
        self.spans, self.of_spans = np.unique(T, return_inverse=True)

    def __call__(self, logs: Floats) -> tuple[float, Floats]:
        r, alpha, a, b = np.exp(np.clip(logs, -30, 30))
        n, w = self.orders, self.w
        constant = gammaln(r + n) - gammaln(r) + r * np.log(alpha) + betaln(a, b + n) - betaln(a, b)
        log_T, log_t = np.log(alpha + self.spans)[self.of_spans], np.log(alpha + self.lasts)[self.of_lasts]
        left = (np.log(a) - np.log(b + np.maximum(n, 1) - 1))[self.of_orders]
        z = np.where(self.has_repeat, left + (r + self.x) * (log_T - log_t), -np.inf)
        small = np.exp(-np.abs(z))
        value = constant[self.of_orders] - (r + self.x) * log_T + np.maximum(z, 0) + np.log1p(small)
        gone = np.where(z > 0, 1, small) / (1 + small)  # P(left after the last order)
        in_T, in_t = (1 / (alpha + self.spans))[self.of_spans], (1 / (alpha + self.lasts))[self.of_lasts]
        of_r = (psi(r + n) - psi(r) + np.log(alpha))[self.of_orders] - log_T + gone * (log_T - log_t)
        of_alpha = r / alpha - (r + self.x) * (in_T - gone * (in_T - in_t))
        of_a = (psi(a + b) - psi(a + b + n))[self.of_orders] + gone / a
        of_b = (psi(b + n) - psi(b) + psi(a + b) - psi(a + b + n))[self.of_orders]
        of_b = of_b - gone * (1 / (b + np.maximum(n, 1) - 1))[self.of_orders]
        gradient = np.array([w @ of_r * r, w @ of_alpha * alpha, w @ of_a * a, w @ of_b * b])
        return -float(w @ value), -gradient


def _floats(*columns: ArrayLike) -> tuple[Floats, ...]:
    return tuple(np.broadcast_arrays(*(np.atleast_1d(np.asarray(column, float)) for column in columns)))
