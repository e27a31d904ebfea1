"""Every formula against simulated customers of known truth."""

import numpy as np
import pytest

from jobs.statistics import BgNbd, GammaGamma, fit_bg_nbd, fit_gamma_gamma
from samples.customers import Customers, simulate

ORDERS, VALUES = BgNbd(0.8, 30.0, 0.9, 2.5), GammaGamma(6.25, 3.74, 15.44)
FUTURE = 90


@pytest.fixture(scope="module")
def customers() -> Customers:
    return simulate(300_000, ORDERS, VALUES, future=FUTURE, seed=7)


def agrees(expected, seen) -> bool:
    """The means differ by less than four standard errors."""
    return bool(abs(np.mean(expected) - np.mean(seen)) < 4 * np.std(seen) / np.sqrt(len(seen)) + 0.003)


@pytest.mark.parametrize("x", [0, 1, 2, 4])
def test_alive_orders_and_probabilities_of_who_ordered_as_often(customers, x):
    of = customers.frequency == x
    x_, t_x, T = customers.frequency[of], customers.recency[of], customers.T[of]
    later = customers.future_orders[of]
    assert agrees(ORDERS.probability_alive(x_, t_x, T), customers.is_alive[of])
    assert agrees(ORDERS.expected_orders(FUTURE, x_, t_x, T), later)
    found = ORDERS.order_probabilities(FUTURE, 60, x_, t_x, T)
    for y in range(4):
        assert agrees(found[y], later == y)


def test_probabilities_are_probabilities_and_their_mean_is_the_expectation():
    x, t_x, T = np.array([0.0, 3, 40]), np.array([0.0, 20, 300]), np.array([10.0, 200, 301])
    found = ORDERS.order_probabilities(FUTURE, 400, x, t_x, T)
    assert found.min() >= 0 and found.sum(axis=0) == pytest.approx(1)
    assert np.arange(401) @ found == pytest.approx(ORDERS.expected_orders(FUTURE, x, t_x, T))


def test_dropout_with_a_of_one_has_an_expectation_too():
    near = [BgNbd(0.8, 30, a, 2.5).expected_orders(90, 2, 50, 100)[0] for a in (0.999, 1.0, 1.001)]
    assert near[0] > near[1] > near[2]


def test_the_value_of_an_order_is_what_later_orders_bring(customers):
    """Given a mean m of x orders, nu is Gamma(p x + q, gamma + x m): draw it, and a later order."""
    draw = np.random.default_rng(3)
    x, m = 3.0, 12.0
    nu = draw.gamma(VALUES.p * x + VALUES.q, 1 / (VALUES.gamma + x * m), 200_000)
    assert agrees(VALUES.expected_value([x], [m]), draw.gamma(VALUES.p, 1 / nu))
    fresh = draw.gamma(VALUES.p, 1 / draw.gamma(VALUES.q, 1 / VALUES.gamma, 200_000))
    assert agrees(VALUES.expected_value([0], [0]), fresh)


def test_known_parameters_are_found_again(customers):
    found = fit_bg_nbd(customers.frequency, customers.recency, customers.T)
    assert (found.r, found.alpha) == pytest.approx((0.8, 30), rel=0.05)
    assert found.a / (found.a + found.b) == pytest.approx(0.9 / 3.4, rel=0.05)
    values = fit_gamma_gamma(customers.frequency, customers.monetary_value)
    assert (values.p, values.q, values.gamma) == pytest.approx((6.25, 3.74, 15.44), rel=0.05)


def test_what_cannot_be_fitted_is_refused_in_words():
    with pytest.raises(ValueError, match="nobody had ordered twice"):
        fit_bg_nbd([0, 0], [0, 0], [5, 9])
    with pytest.raises(ValueError, match="cannot lie after"):
        fit_bg_nbd([1, 1], [9, 1], [5, 9])
    with pytest.raises(ValueError, match="fewer than three"):
        fit_gamma_gamma([0, 1], [0, 5])
