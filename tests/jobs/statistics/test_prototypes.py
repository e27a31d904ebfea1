from itertools import product

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from jobs.statistics.prototypes import Mixed, fitted, huangs_weight


def drawn(n: int, seed: int) -> Mixed:
    draw = np.random.default_rng(seed)
    return Mixed(draw.normal(size=(n, 2)), draw.integers(0, 3, (n, 2)))


def cost(rows: Mixed, labels: np.ndarray, weight: float) -> float:
    """Of a grouping by Huang's definition, counted by hand."""
    total = 0.0
    for group in set(labels):
        numbers, codes = rows.numbers[labels == group], rows.codes[labels == group]
        total += ((numbers - numbers.mean(axis=0)) ** 2).sum()
        total += weight * sum(len(of) - np.bincount(of).max() for of in codes.T)
    return total


@pytest.mark.parametrize(("k", "weight"), [(2, 0.5), (3, 0.5), (2, 5.0)])
def test_no_grouping_is_cheaper(k, weight):
    rows = drawn(8, seed=k)
    found = fitted(rows, k, weight, starts=30)
    cheapest = min(cost(rows, np.array(labels), weight) for labels in product(range(k), repeat=8))
    assert found.cost == pytest.approx(cheapest)
    assert cost(rows, found.labels, weight) == pytest.approx(cheapest)


def test_groups_that_categories_tell_apart_are_found_where_numbers_see_none():
    draw = np.random.default_rng(1)
    kind = draw.integers(0, 3, 600)
    codes = np.where(draw.random((600, 4)) < 0.85, kind[:, None], draw.integers(0, 3, (600, 4)))
    rows = Mixed(draw.normal(scale=0.3, size=(600, 2)), codes)
    found = fitted(rows, 3, huangs_weight(rows.numbers))
    blind = KMeans(3, n_init=5, random_state=0).fit(rows.numbers)
    assert adjusted_rand_score(kind, found.labels) > 0.9
    assert adjusted_rand_score(kind, blind.labels_) < 0.1


def test_without_weight_it_is_k_means():
    noise = drawn(300, seed=4).numbers
    rows = Mixed(noise + 5 * np.array([[0, 0], [1, 0], [0, 1]])[np.arange(300) % 3], np.zeros((300, 1), int))
    theirs = KMeans(3, n_init=10, random_state=0).fit(rows.numbers)
    assert fitted(rows, 3, 0.0).cost == pytest.approx(theirs.inertia_)


def test_rows_that_are_all_alike_are_one_group():
    rows = Mixed(np.ones((5, 2)), np.zeros((5, 1), int))
    found = fitted(rows, 3, 0.5)
    assert found.cost == 0 and set(found.labels) == {0}
