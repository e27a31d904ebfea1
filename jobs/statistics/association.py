"""Association rules: which items are bought together more often than chance explains.

Sets of two and three items, counted exactly: a set is frequent only where all its parts are (Agrawal and Srikant 1994).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.stats import poisson

LAYERS = 2  # pairs and triples, half of the error each
SIZES = np.unique(np.round(2 * 1.25 ** np.arange(25)))  # where classes of baskets as large begin, 2 to 424 items


@dataclass(frozen=True)
class Frequent:
    """Frequent items and sets, by their place among the items, in ascending order, and how many baskets hold them
    (``*_both``); of items and pairs too in each class of baskets that are about as large, the last axis."""

    baskets: NDArray  # (classes,)
    items: NDArray  # (items, classes)
    pairs: NDArray  # (pairs, 2)
    pairs_both: NDArray  # (pairs, classes)
    triples: NDArray  # (triples, 3)
    triples_both: NDArray  # (triples,)


def rules(baskets: sparse.csr_matrix, least: int) -> pd.DataFrame:
    """``baskets`` (n, items) of 0 and 1. A row per rule of items that ``least`` baskets hold together.

    ``antecedent``, ``antecedent_2`` (-1 in a pair) and ``consequent`` are columns of ``baskets``; ``*_baskets`` say how
    many hold the antecedents, the consequent, ``both``, and how many were ``expected`` to. Large baskets hold all sorts
    of things together: expected is what baskets about as large would hold by chance, and of a rule of three what the
    best rule of two in it lets expect (Webb 2007). ``p_value``: of as many or more, by the Poisson law, whose tail is
    above that of any such count (Hoeffding 1956; Anderson and Samuels 1967). ``adjusted_p_value``: times the number of
    all rules that could have been found (layered critical values, Webb 2008). Lift as always, by all baskets;
    conviction (Brin et al. 1997) is infinite where the consequent is never missing.
    """
    often = np.flatnonzero(np.asarray(baskets.sum(axis=0)).ravel() >= least)
    sets = frequent(baskets[:, often], np.asarray(baskets.sum(axis=1)).ravel(), least)
    found = pd.concat([_of_pairs(sets), _of_triples(sets)], ignore_index=True)
    items = np.append(often, -1)
    names = ("antecedent", "antecedent_2", "consequent")
    return _measured(found, baskets.shape[0], len(often)).assign(**{name: items[found[name]] for name in names})


def frequent(baskets: sparse.csr_matrix, size: NDArray, least: int) -> Frequent:
    """Of baskets of frequent items; ``size``: of how many items each is."""
    classes = np.searchsorted(SIZES, size, side="right")
    every = len(SIZES) + 1
    one_hot = sparse.csr_matrix((np.ones(len(size), int), (np.arange(len(size)), classes)), (len(size), every))
    pairs, _ = _pairs(baskets, least)
    within = [baskets[classes == of] for of in range(every)]
    both = [_at(of.T @ of, *pairs.T) for of in within]
    triples, triples_both = _triples(baskets, pairs, least)
    of_items = (baskets.T @ one_hot).toarray()
    return Frequent(np.bincount(classes, minlength=every), of_items, pairs, np.array(both).T, triples, triples_both)


def _at(matrix: sparse.csr_matrix, row: NDArray, column: NDArray) -> NDArray:
    """Some of its values; asked for none, SciPy answers with a matrix."""
    return np.asarray(matrix[row, column]).ravel() if len(row) else np.empty(0, int)


def _pairs(baskets: sparse.csr_matrix, least: int) -> tuple[NDArray, NDArray]:
    together = sparse.triu(baskets.T @ baskets, 1).tocoo()
    is_often = together.data >= least
    return np.column_stack([together.row, together.col])[is_often], together.data[is_often]


def _triples(baskets: sparse.csr_matrix, pairs: NDArray, least: int) -> tuple[NDArray, NDArray]:
    """Of each item the baskets that hold it, and in these the pairs of items that it is frequent with."""
    by_item, found, both = baskets.tocsc(), [np.empty((0, 3), int)], [np.empty(0, int)]
    for item in np.unique(pairs[:, 0]):
        holding = by_item.indices[by_item.indptr[item] : by_item.indptr[item + 1]]
        others = pairs[pairs[:, 0] == item, 1]
        places, many = _pairs(baskets[holding][:, others], least)
        found.append(np.column_stack([np.full(len(places), item), others[places]]))
        both.append(many)
    return np.concatenate(found), np.concatenate(both)


def _of_pairs(sets: Frequent) -> pd.DataFrame:
    """Both ways of each."""
    ways = [(sets.pairs[:, one], sets.pairs[:, other]) for one, other in ((0, 1), (1, 0))]
    both = sets.pairs_both.sum(axis=1)
    return pd.concat(_rule((one,), then, both, sets, sets.items[one], []) for one, then in ways)


def _of_triples(sets: Frequent) -> pd.DataFrame:
    """The three ways of each."""
    place = sparse.csr_matrix((np.arange(len(sets.pairs)), sets.pairs.T), (len(sets.items),) * 2)

    def of(one: NDArray, other: NDArray) -> NDArray:
        return sets.pairs_both[_at(place, np.minimum(one, other), np.maximum(one, other))]

    found = []
    for way in ((0, 1, 2), (0, 2, 1), (1, 2, 0)):
        one, other, then = sets.triples[:, way].T
        given = of(one, other)
        simpler = [_expected(given, of(item, then), sets.items[item]) for item in (one, other)]
        found.append(_rule((one, other), then, sets.triples_both, sets, given, simpler))
    return pd.concat(found)


def _rule(
    antecedents: tuple[NDArray, ...], then: NDArray, both: NDArray, sets: Frequent, given: NDArray, simpler: list
) -> pd.DataFrame:
    by_chance = _expected(given, sets.items[then], sets.baskets)
    return pd.DataFrame(
        {
            "antecedent": antecedents[0],
            "antecedent_2": antecedents[1] if len(antecedents) > 1 else -1,
            "consequent": then,
            "antecedent_baskets": given.sum(axis=1),
            "consequent_baskets": sets.items[then].sum(axis=1),
            "both_baskets": both,
            "expected_baskets": np.maximum.reduce([by_chance, *simpler]),
        }
    )


def _expected(one: NDArray, other: NDArray, of: NDArray) -> NDArray:
    """How many baskets hold both by chance, class by class; in the first, of one item alone, none do."""
    return np.divide(one * other, of, out=np.zeros(one.shape), where=of > 0)[:, 1:].sum(axis=1)


def _measured(found: pd.DataFrame, n: int, items: int) -> pd.DataFrame:
    given, then, both = (found[f"{name}_baskets"].to_numpy(float) for name in ("antecedent", "consequent", "both"))
    chance = poisson.sf(both - 1, found["expected_baskets"])
    of_two, of_three = items * (items - 1) / 2, items * (items - 1) * (items - 2) / 2
    tried = np.where(found["antecedent_2"] < 0, of_two, of_three)
    with np.errstate(divide="ignore"):
        conviction = (1 - then / n) / (1 - both / given)
    return found.assign(
        support=both / n,
        confidence=both / given,
        lift=both * n / (given * then),
        conviction=conviction,
        p_value=chance,
        adjusted_p_value=np.minimum(1, LAYERS * tried * chance),
    )
