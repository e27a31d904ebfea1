"""BG/NBD fitted by maximum likelihood; where the maximum lies at a border, the model that the border is."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import OptimizeResult, minimize
from scipy.special import betaln, expit, gammaln, log_expit, psi

from jobs.arrays import Floats
from jobs.statistics.bg_nbd import BgNbd, OneDropout, floats
from jobs.statistics.cannot_fit import CannotFit

FEW = 10_000  # rows
MOST_ALIKE = 1_000  # r: rates that differ by 3 % are as good as equal; what is expected has no digits for larger ones
LEAST_SPREAD, FEWEST = 0.03, 1e-4  # so are dropouts; and a mean dropout of less is as good as none
NOBODY = 1e-7


def fit_bg_nbd(
    frequency: ArrayLike, recency: ArrayLike, T: ArrayLike, weights: ArrayLike | None = None
) -> BgNbd | OneDropout:
    """Maximum likelihood from repeat orders, time of the last one, and time observed, each of shape (n,).

    ``weights``: customers that each row stands for, so that equal customers are one row. CannotFit where nobody
    came back, or a row is impossible.
    """
    x, t_x, T = floats(frequency, recency, T)
    [w] = floats(np.ones_like(x) if weights is None else weights)
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
    (r, alpha), (a, b) = _rates(found.x), _shapes(found.x[2:])
    mean, spread = a / (a + b), np.sqrt(b / a / (a + b + 1))  # of the dropouts; the latter as a share of the former
    if mean < FEWEST or spread < LEAST_SPREAD:
        return _at_border(_OfOneDropout(x, t_x, T, w), np.array([*found.x[:2], np.log(a / b)]), w.sum())
    return BgNbd(float(r), float(alpha), float(a), float(b), float(-found.fun * w.sum()))


def _at_border(likelihood: _OfOneDropout, start: Floats, customers: float) -> OneDropout:
    found = _maximum(likelihood, start)
    (r, alpha), p = _rates(found.x), expit(found.x[2])
    return OneDropout(float(r), float(alpha), float(p) if p > NOBODY else 0.0, float(-found.fun * customers))


def _rates(logs: Floats) -> Floats:
    return np.exp(np.clip(logs[:2], -30, [np.log(MOST_ALIKE), 30]))


def _shapes(logs: Floats) -> Floats:
    return np.exp(np.clip(logs, -30, 30))


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
        r, alpha = _rates(logs)
        n, w = self.orders, self.w
        stayed, left = self.dropout(logs[2:])
        constant = gammaln(r + n) - gammaln(r) + r * np.log(alpha) + stayed
        log_T, log_t = np.log(alpha + self.spans)[self.of_spans], np.log(alpha + self.lasts)[self.of_lasts]
        z = np.where(self.has_repeat, left[self.of_orders] + (r + self.x) * (log_T - log_t), -np.inf)
        small = np.exp(-np.abs(z))
        value = constant[self.of_orders] - (r + self.x) * log_T + np.maximum(z, 0) + np.log1p(small)
        gone = np.where(z > 0, 1, small) / (1 + small)  # P(left after the last order)
        in_T, in_t = (1 / (alpha + self.spans))[self.of_spans], (1 / (alpha + self.lasts))[self.of_lasts]
        of_r = (psi(r + n) - psi(r) + np.log(alpha))[self.of_orders] - log_T + gone * (log_T - log_t)
        of_alpha = r / alpha - (r + self.x) * (in_T - gone * (in_T - in_t))
        is_free = r < MOST_ALIKE
        gradient = [w @ of_r * r * is_free, w @ of_alpha * alpha, *self.of_dropout(logs[2:], gone)]
        return -float(w @ value), -np.array(gradient)

    def dropout(self, logs: Floats) -> tuple[Floats, Floats]:
        """By the number of orders: log P(stayed after each), log odds of having left after the last."""
        a, b = _shapes(logs)
        n = self.orders
        return betaln(a, b + n) - betaln(a, b), np.log(a) - np.log(b + np.maximum(n, 1) - 1)

    def of_dropout(self, logs: Floats, gone: Floats) -> list[float]:
        """The gradient by these logarithms."""
        (a, b), n, w = _shapes(logs), self.orders, self.w
        of_a = (psi(a + b) - psi(a + b + n))[self.of_orders] + gone / a
        of_b = (psi(b + n) - psi(b) + psi(a + b) - psi(a + b + n))[self.of_orders]
        of_b = of_b - gone * (1 / (b + np.maximum(n, 1) - 1))[self.of_orders]
        return [w @ of_a * a, w @ of_b * b]


class _OfOneDropout(_Likelihood):
    """The same where all leave alike; the last parameter is the log odds of leaving."""

    def dropout(self, logs: Floats) -> tuple[Floats, Floats]:
        [odds] = logs
        return self.orders * log_expit(-odds), np.full_like(self.orders, odds)

    def of_dropout(self, logs: Floats, gone: Floats) -> list[float]:
        [odds] = logs
        return [self.w @ (gone - self.x * expit(odds))]
