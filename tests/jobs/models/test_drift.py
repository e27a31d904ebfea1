import duckdb
import numpy as np
import pandas as pd
import pytest

from jobs.models import drift


def test_shares_that_shift_are_seen():
    assert drift.population_stability([50, 50], [50, 50]) == 0
    assert drift.population_stability([50, 50], [90, 10]) == pytest.approx(0.8789, abs=1e-4)
    assert drift.population_stability([100, 0, 0], [50, 50, 0]) == pytest.approx(0.5 * np.log(2) + 0.495 * np.log(100))


def counted(histogram: drift.Histogram, values: pd.Series) -> list[int]:
    """As DuckDB answers what a night asks."""
    rows = pd.DataFrame({"x": values})  # noqa: F841
    return list(duckdb.sql(f"select {', '.join(histogram.asked('x'))} from rows").fetchone())


def test_a_night_counts_in_the_bins_of_the_model_what_is_missing_too():
    values = pd.Series([1.0, 2, 2, 3, 4, 5, 6, 7, 8, 9, np.nan])
    histogram = drift.histogram(values)
    assert histogram.shift(counted(histogram, values)) == (0, False)
    assert sum(histogram.counts) == 11 and histogram.counts[-1] == 1
    assert drift.from_data(drift.as_data({"x": histogram})) == {"x": histogram}
    nothing = drift.histogram(pd.Series([None, None], dtype=float))
    assert nothing.shift(counted(nothing, pd.Series([None, None], dtype=float))) == (0, False)


def test_a_shift_is_told_from_chance():
    draw = np.random.default_rng(0)
    histogram = drift.histogram(pd.Series(draw.normal(size=2000)))
    same, moved = pd.Series(draw.normal(size=2000)), pd.Series(draw.normal(1, size=2000))
    assert histogram.shift(counted(histogram, same))[0] < 0.03
    index, is_warned = histogram.shift(counted(histogram, moved))
    assert index > 0.5 and is_warned
    _, of_few = histogram.shift(counted(histogram, same[:12]))  # twelve customers never lie like two thousand
    assert not of_few
