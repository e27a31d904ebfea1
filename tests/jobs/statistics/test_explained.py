import numpy as np
import pytest
from scipy.stats import f_oneway

from jobs.statistics.explained import explained


def test_it_is_what_the_f_of_an_analysis_of_variance_says():
    draw = np.random.default_rng(0)
    groups = draw.integers(0, 4, 200)
    values = groups + draw.normal(0, 2, 200)
    f = f_oneway(*(values[groups == n] for n in range(4))).statistic
    assert explained(values, groups) == pytest.approx(3 * (f - 1) / (3 * f + 196))
    assert explained(np.column_stack([values, values]), groups) == pytest.approx(explained(values, groups))


def test_groups_that_say_nothing_explain_nothing_on_average_however_many_they_are():
    draw = np.random.default_rng(1)
    found = [explained(draw.normal(size=60), draw.integers(0, 20, 60)) for _ in range(300)]
    assert abs(np.mean(found)) < 0.02
    assert explained(np.ones(9), np.arange(9) % 2) == 0 == explained(np.arange(3), np.arange(3))
