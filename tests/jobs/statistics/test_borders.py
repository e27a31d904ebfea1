"""Where the likelihood has its maximum at a border: the model that the border is, or a reason; never a NaN."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import betaln
from scipy.stats import beta

from jobs.models.lifetime_value import Clv
from jobs.registry import parameters
from jobs.statistics import BgNbd, GammaGamma, OneDropout, fit_bg_nbd, fit_gamma_gamma
from jobs.statistics.cannot_fit import CannotFit
from samples.customers import simulate

VALUES = GammaGamma(6.25, 3.74, 15.44)


def expectations_of(model) -> np.ndarray:
    """Of customers new and old, who buy never and daily, tomorrow and in three years."""
    kinds = [(x, t_x, T) for T in (0, 1, 300, 1500) for t_x in (0, 1, 300) for x in (0, 1, 5, 300)]
    possible = [(x, t_x, T) for x, t_x, T in kinds if t_x <= T and x <= t_x and (x == 0) == (t_x == 0)]
    x, t_x, T = np.array(possible, float).T
    return np.array([model.expected_orders(t, x, t_x, T) for t in (1, 90, 1095)])


def fitted(orders: BgNbd, customers: int = 5_000):
    of = simulate(customers, orders, VALUES, seed=3)
    return fit_bg_nbd(of.frequency, of.recency, of.T)


def test_nobody_leaves():
    found = fitted(BgNbd(2, 20, 1e-9, 1))
    assert isinstance(found, OneDropout) and found.p == 0
    assert (found.r, found.alpha) == pytest.approx((2, 20), rel=0.05)
    assert found.expected_orders(90, 4, 50, 100)[0] == pytest.approx((found.r + 4) / (found.alpha + 100) * 90)


def test_all_leave_alike():
    found = fitted(BgNbd(2, 20, 1e8, 9e8))
    assert isinstance(found, OneDropout) and found.p == pytest.approx(0.1, rel=0.05)
    near = BgNbd(found.r, found.alpha, 1e3 * found.p, 1e3 * (1 - found.p))
    assert found.expected_orders(90, 4, 50, 100) == pytest.approx(near.expected_orders(90, 4, 50, 100), rel=0.01)
    assert found.probability_alive(4, 50, 100) == pytest.approx(near.probability_alive(4, 50, 100), rel=0.01)


def test_who_buys_daily():
    """Two in three since the first day of the data: the fit of all rates and dropouts ran to a = 1e6 and NaN."""
    draw = np.random.default_rng(1)
    T = np.where(draw.random(20_000) < 2 / 3, draw.integers(497, 502, 20_000), draw.integers(1, 500, 20_000))
    found = fit_bg_nbd(T, T, T)
    assert found.expected_orders(90, 400, 401, 401)[0] == pytest.approx(90, rel=0.01)
    assert (expectations_of(found) <= 1100).all()


@pytest.mark.parametrize(
    "orders",
    [
        BgNbd(2, 20, 1e-9, 1),
        BgNbd(2, 20, 1e8, 9e8),
        BgNbd(1e6, 2e7, 0.5, 3),  # one rate for all
        BgNbd(1e6, 1e6, 1e6, 1e7),  # and one dropout
        BgNbd(0.05, 100, 0.8, 2.5),  # one in twenty comes back
        BgNbd(0.3, 100, 3, 1e-4),  # nobody orders a third time
    ],
    ids=str,
)
def test_what_is_expected_is_finite_for_all_customers_that_can_exist(orders):
    found = expectations_of(fitted(orders))
    assert np.isfinite(found).all() and (found >= 0).all() and (found <= 1100).all()


@pytest.mark.parametrize(
    ("orders", "x", "T", "t"),
    [
        (BgNbd(0.8, 40, 0.8, 2.5), 5, 300, 1095),
        (BgNbd(0.8, 40, 1.0, 2.5), 5, 300, 90),
        (BgNbd(20, 1, 300, 700), 0, 0, 1095),
        (BgNbd(2, 1, 0.2, 1e3), 0, 0, 1095),
        (BgNbd(999, 1e4, 200, 2e4), 0, 0, 1),
    ],
    ids=str,
)
def test_an_expectation_is_that_of_one_dropout_over_all_dropouts(orders, x, T, t):
    """Where the series of equation (9) has digits, and where it has none."""
    given, b = (np.array([float(x)]), np.array([float(T)])), orders.b + x

    def weighted(p: float) -> float:
        density = np.exp((orders.a - 1) * np.log(p) + (b - 1) * np.log1p(-p) - betaln(orders.a, b))
        return density * OneDropout(orders.r, orders.alpha, p).expected_if_alive(t, *given)[0]

    knots = beta.ppf([*np.logspace(-12, -0.5, 24), 0.5, 0.9, 0.999], orders.a, b)
    expected = sum(quad(weighted, *ends, epsrel=1e-9)[0] for ends in pairwise([*knots, 1]))
    assert orders.expected_if_alive(t, *given)[0] == pytest.approx(expected, rel=1e-4)


def test_the_border_in_json_is_the_border():
    model = Clv(OneDropout(2, 20, 0.1), VALUES)
    again = parameters.model(parameters.text(model))
    assert again.predict(Clv.example()).equals(model.predict(Clv.example()))


def test_what_is_no_number_is_an_error():
    for x, T in (([1, np.nan], [2, 2]), ([1, 1], [2, np.inf])):
        with pytest.raises(ValueError, match="finite numbers"):
            fit_bg_nbd(x, [1, 1], T)
    with pytest.raises(ValueError, match="finite numbers"):
        BgNbd(1, 1, 1, 1).expected_orders(90, [1], [np.nan], [5])
    with pytest.raises(ValueError, match="finite numbers"):
        fit_gamma_gamma([1, 2, 3, np.nan], [1, 2, 3, 4])


def test_values_that_are_all_the_same_and_values_without_a_mean():
    x = np.arange(3_000) % 9 + 1.0
    same = fit_gamma_gamma(x, np.full(3_000, 9.99))
    assert same.expected_value([0, 5], [0, 9.99]) == pytest.approx([9.99, 9.99], rel=1e-3)
    draw = np.random.default_rng(2)
    with pytest.raises(CannotFit, match="no mean"):
        fit_gamma_gamma(x, draw.pareto(0.4, 3_000) + 1)
