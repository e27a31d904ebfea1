"""Empirical Bayes finds the law that generated the counts, and moves those of whom little is known."""

import numpy as np
import pandas as pd
import pytest

from jobs.statistics.empirical_bayes import concentration, habits, ratios


def counted(rows: list[tuple[int, str, int]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["customer_id", "value", "many"])


def test_who_bought_once_does_as_all_do_and_who_bought_often_as_ever():
    draw = np.random.default_rng(4)
    often = [(100 + n, "Sat", draw.binomial(18, of) + 1) for n, of in enumerate(draw.beta(6, 3, 50))]
    often += [(who, "Mon", 20 - many) for who, _, many in often]
    found = habits(counted([*often, (9, "Mon", 1), (10, "Mon", 30)])).set_index("customer_id")
    assert found.loc[9, "value"] == "Sat" and found.loc[9, "observations"] == 1
    assert found.loc[10, "value"] == "Mon" and 0.8 < found.loc[10, "share"] < 1


def test_shares_are_those_of_the_posterior():
    rows = [(1, "a", 3), (1, "b", 1), (2, "b", 4), (3, "a", 2)]
    # by hand: pairs that agree 6/12, 1, 1; by chance (5/10)^2 + (5/10)^2
    strength = (1 - 2.5 / 3) / (2.5 / 3 - 0.5)
    found = habits(counted(rows))
    assert found["share"].tolist() == pytest.approx(
        [(3 + strength / 2) / (4 + strength), (4 + strength / 2) / (4 + strength), (2 + strength / 2) / (2 + strength)],
        abs=1e-5,
    )
    assert found["value"].tolist() == ["a", "b", "a"]


def test_the_strength_of_a_generated_law_is_found():
    draw, shares = np.random.default_rng(1), np.array([0.5, 0.3, 0.2])
    many = [draw.multinomial(draw.integers(2, 40), of) for of in draw.dirichlet(6 * shares, 4000)]
    rows = counted([(n, str(v), c) for n, of in enumerate(many) for v, c in enumerate(of) if c])
    own = rows.rename(columns={"many": "own"}).assign(of=rows.groupby("customer_id")["many"].transform("sum"))
    assert concentration(own, pd.Series(shares, index=["0", "1", "2"])) == pytest.approx(6, rel=0.1)


def test_where_all_are_alike_all_count():
    draw = np.random.default_rng(2)
    rows = [
        (n, v, int(c)) for n in range(500) for v, c in zip("ab", draw.multinomial(10, [0.6, 0.4]), strict=True) if c
    ]
    assert habits(counted(rows))["share"].between(0.57, 0.66).all()
    assert habits(counted([(1, "a", 1), (2, "b", 1)]))["share"].tolist() == pytest.approx([0.5, 0.5], abs=1e-5)


def test_a_ratio_of_few_is_drawn_to_that_of_all():
    draw = np.random.default_rng(3)
    expected, rate = draw.choice([1.0, 100.0], 2000), draw.gamma(10, 0.1, 2000)
    observed = draw.poisson(expected * rate).astype(float)
    found, few = ratios(observed, expected), expected == 1
    assert np.std(found[few]) < 0.2 < np.std(found[~few])
    of_all_for_few = np.mean((np.where(few, 1, observed / expected) - rate) ** 2)
    assert np.mean((found - rate) ** 2) < 0.95 * of_all_for_few < 0.2 * np.mean((observed / expected - rate) ** 2)
    alike = ratios(draw.poisson(expected).astype(float), expected)
    assert np.std(alike) < 0.05
