"""Which products a customer may be told of, and what is known of each: what they bought, what goes with it, what is of
the kinds that they buy, and what all buy (implicit feedback: Hu, Koren and Volinsky 2008)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from jobs.arrays import Floats, Ints
from jobs.models.assortment import Assortment
from jobs.statistics.neighbours import largest

AGAIN, ALIKE, CONTENT = 30, 10, 5  # candidates of each source
SPEAK = 30  # products of a customer that speak for others
OF_CUSTOMER = ("order_days", "order_days_half_life_60d")
HALF_LIVES = {days: f"days_half_life_{days}d" for days in (30, 60, 120)}


def candidates(bought: pd.DataFrame, shop: Assortment) -> pd.DataFrame:
    """``bought``: rows of ``gold.customer_products`` with ``first`` and ``last`` in days ago. A row for each customer
    and candidate, sorted by ``customer_id`` and ``product`` (its code); ``is_own``: they bought it before."""
    codes = shop.codes(bought["product_id"])
    who, names = pd.factorize(bought["customer_id"], sort=True)
    key = who * shop.size + codes
    order = np.argsort(key[codes >= 0], kind="stable")
    own, pair = bought[codes >= 0].iloc[order], key[codes >= 0][order]
    shape = (len(names), shop.size)
    own_of = {days: _matrix(own[name].to_numpy(), pair, shape) for days, name in HALF_LIVES.items()}
    alike = spoken(own_of[30]) @ shop.alike
    kinds = _matrix(
        own_of[60].data, pair // shop.size * shop.kinds + shop.kind[pair % shop.size], (len(names), shop.kinds)
    )
    new = [_new(alike, pair, ALIKE), _new(kinds @ shop.leaders, pair, CONTENT)]
    everybody = (np.arange(len(names))[:, None] * shop.size + shop.most_popular).ravel()
    found = np.unique(np.concatenate([_keys(largest(own_of[60], AGAIN)), *new, everybody]))
    whose, what = np.divmod(found, max(shop.size, 1))
    place, is_own = _where(pair, found)
    told = _of_own(own, place, is_own) | {name: of[what] for name, of in shop.numbers.items()}
    of_customer = bought.groupby(who)[list(OF_CUSTOMER)].first()
    customer = {name: of_customer[name].to_numpy(float)[whose] for name in OF_CUSTOMER}
    return pd.DataFrame(
        {
            "customer_id": names.to_numpy()[whose],
            "product": what,
            "is_own": is_own,
            "order_days": customer["order_days"],
            **told,
            "often_rebought": np.where(is_own, told["often"] * (told["rebought"] + 2.5), 0),
            "alike": np.log(0.001 + _looked_up(alike, found)),
            "kind": np.log(0.05 + _looked_up(kinds, whose * shop.kinds + shop.kind[what])),
            "trips": np.log1p(customer["order_days_half_life_60d"]),
            "products": np.log1p(np.bincount(pair // max(shop.size, 1), minlength=len(names)))[whose],
        }
    )


def spoken(own: sparse.csr_matrix) -> sparse.csr_matrix:
    """How much each product of a customer says of what else they buy, (customers, products)."""
    return largest(own, SPEAK).log1p()


def _of_own(own: pd.DataFrame, place: Ints, is_own: NDArray) -> dict[str, Floats]:
    """Of each candidate its rhythm, 0 of what they never bought."""
    if not len(own):
        return dict.fromkeys(("lately", "often", "off_beat"), np.zeros(len(place)))
    days, first, last = (own[name].to_numpy(float) for name in ("product_days", "first", "last"))
    gap = (first - last) / np.maximum(days - 1, 1)
    told = {
        "lately": np.log(0.3 + own[HALF_LIVES[30]].to_numpy()),
        "often": np.log(0.3 + own[HALF_LIVES[120]].to_numpy()),
        "off_beat": np.where(days > 1, np.abs(np.log((last + 3) / (gap + 3))), 0),
    }
    return {name: np.where(is_own, of[place], 0) for name, of in told.items()}


def _matrix(values: Floats, pair: Ints, shape: tuple[int, int]) -> sparse.csr_matrix:
    return sparse.csr_matrix((values, np.divmod(pair, max(shape[1], 1))), shape)


def _keys(matrix: sparse.csr_matrix) -> Ints:
    row = np.repeat(np.arange(matrix.shape[0], dtype=np.int64), np.diff(matrix.indptr))
    return row * matrix.shape[1] + matrix.indices


def _where(keys: Ints, asked: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Places in sorted ``keys``, and whether they are there."""
    place = np.minimum(np.searchsorted(keys, asked), max(len(keys) - 1, 0))
    return place, keys[place] == asked if len(keys) else np.zeros(len(asked), bool)


def _looked_up(matrix: sparse.csr_matrix, asked: Ints) -> Floats:
    """0 where there is nothing."""
    matrix.sort_indices()
    place, is_there = _where(_keys(matrix), asked)
    return np.where(is_there, matrix.data[place], 0) if matrix.nnz else np.zeros(len(asked))


def _new(scores: sparse.csr_matrix, own: Ints, most: int) -> Ints:
    """The best of those that they never bought."""
    scores.sort_indices()
    _, is_own = _where(own, _keys(scores))
    new = sparse.csr_matrix((np.where(is_own, 0, scores.data), scores.indices, scores.indptr), scores.shape)
    return _keys(largest(new, most))


def ranks(rows: Mapping[str, NDArray] | pd.DataFrame, score: Floats) -> Ints:
    """Place of each row among those of its customer, 0 the best; of equals the more popular, then the first."""
    customer = np.asarray(rows["customer_id"])
    order = np.lexsort((-np.asarray(rows["popular_90d"]), -score, customer))
    whose, place = customer[order], np.empty(len(order), np.int64)
    place[order] = np.arange(len(order)) - np.searchsorted(whose, whose)
    return place
