"""Association rules beside a count by hand of every set."""

from itertools import combinations, permutations

import numpy as np
import pytest
from scipy import sparse
from scipy.stats import hypergeom, poisson

from jobs.statistics.association import SIZES, rules

LEAST = 5


@pytest.fixture(scope="module")
def baskets() -> np.ndarray:
    """400 baskets of nine items, where 7 comes with 8, and 2 with 0 and 1 together."""
    draw = np.random.default_rng(3)
    held = draw.random((400, 9)) < draw.uniform(0.05, 0.4, (400, 1))
    held[:, 8] |= held[:, 7]
    held[:, 2] |= held[:, 0] & held[:, 1]
    return held


def test_every_set_is_counted_as_by_hand(baskets):
    found = rules(sparse.csr_matrix(baskets.astype(int)), LEAST)
    told = {(frozenset({row.antecedent, row.antecedent_2} - {-1}), row.consequent): row for row in found.itertuples()}
    by_hand = {
        (frozenset(given), then)
        for many in (2, 3)
        for of in combinations(range(9), many)
        if baskets[:, of].all(axis=1).sum() >= LEAST
        for *given, then in permutations(of)
    }
    assert set(told) == by_hand and len(found) == len(by_hand)
    for (given, then), row in told.items():
        has, both = baskets[:, list(given)].all(axis=1), baskets[:, [*given, then]].all(axis=1)
        assert (row.antecedent_baskets, row.both_baskets) == (has.sum(), both.sum())
        assert row.lift == pytest.approx(both.mean() / (has.mean() * baskets[:, then].mean()))
        assert row.confidence == pytest.approx(both.sum() / has.sum())
        assert row.expected_baskets == pytest.approx(_expected(baskets, given, then))
        assert row.p_value == pytest.approx(poisson.sf(both.sum() - 1, _expected(baskets, given, then)))
        missing = baskets[has][:, then].size - both.sum()
        assert row.conviction == pytest.approx(
            (1 - baskets[:, then].mean()) * has.sum() / missing if missing else np.inf
        )


def _expected(baskets, given, then) -> float:
    size = np.searchsorted(SIZES, baskets.sum(axis=1), side="right")

    def within(of: np.ndarray, kept: list) -> float:
        rest, total = [item for item in given if item not in kept], 0.0
        for large in set(size[(size > 0)]):
            here = of & (size == large)
            has, wants = baskets[here][:, rest].all(axis=1).sum(), baskets[here][:, then].sum()
            total += has * wants / here.sum() if here.any() else 0
        return total

    alone = [[]] if len(given) == 1 else [[], *([item] for item in given)]
    return max(within(baskets[:, kept].all(axis=1), kept) for kept in alone)


def test_what_is_there_is_found_and_large_baskets_are_no_rule(baskets):
    found = rules(sparse.csr_matrix(baskets.astype(int)), LEAST)
    sure = found[found["adjusted_p_value"] < 0.05]
    assert {(row.antecedent, row.consequent) for row in sure.itertuples()} >= {(7, 8)}
    alike = np.random.default_rng(4).random((5000, 40)) < np.random.default_rng(5).uniform(0.02, 0.5, (5000, 1))
    found = rules(sparse.csr_matrix(alike.astype(int)), LEAST)
    pairs = found[found["antecedent_2"] < 0]
    fisher = hypergeom.sf(pairs["both_baskets"] - 1, 5000, pairs["consequent_baskets"], pairs["antecedent_baskets"])
    assert (fisher * 780 < 0.05).mean() > 0.9, "by all baskets nearly everything goes with everything"
    assert not (found["adjusted_p_value"] < 0.05).any()


def test_no_baskets_no_rules():
    assert rules(sparse.csr_matrix((0, 3), dtype=int), LEAST).empty
