"""Intervals, differences and weights, against what is known to be true."""

import numpy as np
import pytest

from jobs.models.bootstrap import difference
from jobs.statistics.conformal import band
from jobs.statistics.stacking import stacked


def test_eight_in_ten_counts_lie_in_their_interval_whatever_their_distribution():
    """Negative binomial counts, of which the expectation alone is known."""
    draw = np.random.default_rng(1)
    expected = draw.gamma(1.0, 8.0, 20_000)
    counts = draw.poisson(draw.gamma(2.0, expected / 2.0)).astype(float)
    found = band(expected[:10_000], counts[:10_000], 0.8)
    low, high = found.interval(expected[10_000:])
    is_held = (low <= counts[10_000:]) & (counts[10_000:] <= high)
    tenths = np.array_split(np.argsort(expected[10_000:]), 10)
    assert 0.79 < is_held.mean() < 0.88  # both ends are in: a count of few more than that
    assert min(is_held[of].mean() for of in tenths) > 0.75
    assert (low >= 0).all() and (low <= high).all()


def test_a_difference_of_means_has_the_interval_of_a_paired_t_test():
    draw = np.random.default_rng(2)
    mine = draw.normal(10, 3, 4_000)
    theirs = mine + draw.normal(0.5, 1, 4_000)
    low, high = difference(mine, theirs, np.arange(4_000))
    half = 1.96 / np.sqrt(4_000)
    assert (low, high) == pytest.approx((np.mean(mine - theirs) - half, np.mean(mine - theirs) + half), abs=0.006)
    thrice = difference(*(np.tile(of, 3) for of in (mine, theirs)), np.tile(np.arange(4_000), 3))
    assert thrice == pytest.approx((low, high))  # the same customers at three cuts are no more customers


def test_who_says_more_weighs_more_and_who_says_nothing_weighs_nothing():
    draw = np.random.default_rng(3)
    actual = draw.gamma(2, 5, 20_000)
    good, fair = actual + draw.normal(0, 2, 20_000), actual + draw.normal(0, 4, 20_000)
    found = stacked({"good": good, "fair": fair, "half": actual / 2}, actual)
    assert sum(found.values()) == pytest.approx(1) and min(found.values()) > 0
    assert found["good"] / found["fair"] == pytest.approx(4, rel=0.15)  # as their variances, inverted
    assert stacked({"right": actual, "noise": draw.gamma(2, 5, 20_000)}, actual)["right"] > 0.97
