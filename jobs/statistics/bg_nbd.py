"""BG/NBD: how often a customer buys, and whether they are still there.

Fader, Hardie and Lee (2005), "Counting Your Customers" the Easy Way: An Alternative to the Pareto/NBD Model, Marketing
Science 24(2), 275-284. While alive a customer orders as a Poisson process of rate lambda ~ Gamma(r, alpha); after each
repeat order they leave with probability p ~ Beta(a, b). Time is in any one unit; alpha is in that unit.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, betaln, expit, hyp2f1, log_expit

from jobs.arrays import Floats

AROUND_1, MOST_APART, NODES = 1e-4, 30.0, 400


@dataclass(frozen=True)
class Buying(ABC):
    """What is expected of customers with rates Gamma(``r``, ``alpha``), however they leave: subclasses say that."""

    r: float
    alpha: float

    @abstractmethod
    def leaves(self, n: Floats) -> Floats:
        """P(leaves after an order, having stayed after ``n`` before it)."""

    @abstractmethod
    def expected_if_alive(self, t: ArrayLike, x: Floats, T: Floats) -> Floats:
        """Orders expected in (T, T + t] of who is a customer at T; ``t`` in the unit of time."""

    def probability_alive(self, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike) -> Floats:
        """P(still a customer at T), shape (n,). Fader, Hardie, Lee (2008), Computing P(alive) Using the BG/NBD."""
        x, t_x, T = floats(frequency, recency, T)
        left = self.leaves(np.maximum(x, 1) - 1)
        with np.errstate(divide="ignore"):
            log_odds = np.log(left) - np.log1p(-left)
        log_odds = log_odds + (self.r + x) * (np.log(self.alpha + T) - np.log(self.alpha + t_x))
        return np.where(x > 0, expit(-log_odds), 1.0)

    def expected_orders(self, t: ArrayLike, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike) -> Floats:
        """Expected number of orders in (T, T + t], shape (n,); equation (10) of the paper."""
        x, t_x, T = floats(frequency, recency, T)
        return self.probability_alive(x, t_x, T) * self.expected_if_alive(t, x, T)

    def order_probabilities(self, t: float, most: int, x: Floats, t_x: Floats, T: Floats) -> Floats:
        """P(exactly y orders in (T, T + t]) for y = 0 .. ``most``, shape (most + 1, n).

        Equation (8) of the paper with the rate and the dropout that are known at T: given that the customer is alive,
        lambda ~ Gamma(r + x, alpha + T), and who leaves does so by what they did so far.
        """
        alive = self.probability_alive(x, t_x, T)
        r, odds = self.r + x, t / (self.alpha + T + t)
        poisson = np.exp(r * np.log1p(-odds))  # negative binomial, of 0 orders
        stays, below = np.ones_like(x), np.zeros_like(x)
        found = np.empty((most + 1, len(x)))
        found[0] = 1 - alive + alive * poisson
        for y in range(1, most + 1):
            below = below + poisson  # P(fewer than y orders if nobody left)
            poisson = poisson * (r + y - 1) / y * odds
            leaves = stays * self.leaves(x + y - 1)  # after the order y, not before
            stays = stays - leaves
            found[y] = alive * (stays * poisson + leaves * np.maximum(1 - below, 0))
        return found


@dataclass(frozen=True)
class BgNbd(Buying):
    """The four parameters, and the log-likelihood at which they were found."""

    a: float
    b: float
    log_likelihood: float = float("nan")

    def leaves(self, n: Floats) -> Floats:
        return self.a / (self.a + self.b + n)

    def expected_if_alive(self, t: ArrayLike, x: Floats, T: Floats) -> Floats:
        """The unconditional expectation, equation (9), of a customer whose rate and dropout are known so far."""
        if abs(self.a - 1) < AROUND_1:  # the formula is 0/0 at 1, and smooth around it
            low, high = (replace(self, a=1 + 2 * side * AROUND_1).expected_if_alive(t, x, T) for side in (-1, 1))
            return (low + high) / 2
        a, r, b, (alpha, t) = self.a, self.r + x, self.b + x, np.broadcast_arrays(self.alpha + T, t)
        z = t / (alpha + t)
        with np.errstate(all="ignore"):
            # Euler's transformation keeps the series' argument small where r + x is large
            series = (1 - z) ** (a - 1) * hyp2f1(a + b - 1 - r, a - 1, a + b - 1, z)
        found = (a + b - 1) / (a - 1) * (1 - series)
        # of dropouts that differ little the series has no digits, nor where somebody new may order hundreds of times
        far = ~np.isfinite(found) | (a > MOST_APART)
        found[far] = _over_dropouts(r[far], alpha[far], a, b[far], t[far])
        return found


def _over_dropouts(r: Floats, alpha: Floats, a: float, b: Floats, t: Floats) -> Floats:
    """E[(1 - (1 + p t / alpha)^-r) / p] over p ~ Beta(a, b): trapezoids in the log odds of p, and below them the limit
    at p = 0."""
    low = np.minimum(np.log(a / b) - 12 / np.sqrt(a), np.log(1e-6 * alpha / t))
    odds = np.linspace(low, np.log(a / b) + 12 / np.sqrt(np.minimum(b, 1)), NODES)
    p = expit(odds)
    weights = np.exp(a * log_expit(odds) + b * log_expit(-odds) - betaln(a, b)) * (odds[1] - odds[0])
    within = (weights * -np.expm1(-r * np.log1p(p * t / alpha)) / p).sum(axis=0)
    return within + betainc(a, b, p[0]) * r / alpha * t


@dataclass(frozen=True)
class OneDropout(Buying):
    """The border of BG/NBD where all leave with the same probability ``p``; at 0 nobody does, which is the NBD
    (Ehrenberg 1959)."""

    p: float
    log_likelihood: float = float("nan")

    def leaves(self, n: Floats) -> Floats:
        return np.full_like(n, self.p)

    def expected_if_alive(self, t: ArrayLike, x: Floats, T: Floats) -> Floats:
        """E[(1 - exp(-lambda p t)) / p] over the rate that is known so far; lambda t where nobody leaves."""
        r, alpha, t = self.r + x, self.alpha + T, np.asarray(t, float)
        return r / alpha * t if self.p == 0 else -np.expm1(-r * np.log1p(self.p * t / alpha)) / self.p


def floats(*columns: ArrayLike) -> tuple[Floats, ...]:
    """Columns of one length. ValueError where one is not a finite number: no answer could be."""
    found = tuple(np.broadcast_arrays(*(np.atleast_1d(np.asarray(column, float)) for column in columns)))
    if not all(np.isfinite(column).all() for column in found):
        raise ValueError("a history has something else than finite numbers")
    return found
