"""Why a product is recommended: the kind of the reason, and the reason in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from jobs.arrays import Floats, Ints
from jobs.models.assortment import Assortment
from jobs.models.candidates import HALF_LIVES
from jobs.models.recommender import NEWCOMER, Recommender

LIFTS = {"alike": ("alike",), "content": ("kind",), "popular": ("popular_14d", "popular_90d")}


def explained(
    rows: pd.DataFrame, own: pd.DataFrame, shop: Assortment, rules: sparse.csr_matrix, model: Recommender
) -> pd.DataFrame:
    """Of ``rows`` of candidates ``reason_kind`` and ``why``; ``own``: what their customers bought, ``rules``: lift from
    product to product."""
    names = shop.products["words"].to_numpy()
    new = rows[~rows["is_own"]]
    lift, antecedent = via(new, own, rules)
    similar, neighbour = via(new, own, shop.alike)
    kinds = np.array(list(LIFTS))[np.argmax(_lifts(new, model, similar), axis=0)]
    found = {"reason_kind": np.where(lift > 0, "together", kinds), "lift": lift}
    found |= {"antecedent": names[antecedent], "neighbour": names[neighbour]}
    told = rows.join(pd.DataFrame(found, index=new.index)).fillna({"reason_kind": "again"})
    rhythm = own[["customer_id", "product", "product_days", "first", "last"]]
    told = told.merge(rhythm, "left", ["customer_id", "product"])
    told["of_kind"], told["reach"] = (shop.products[name].to_numpy()[rows["product"]] for name in ("kind", "reach_14d"))
    return told.assign(why=[WHY[row.reason_kind](row) for row in told.itertuples()])


def via(rows: pd.DataFrame, own: pd.DataFrame, links: sparse.csr_matrix) -> tuple[Floats, Ints]:
    """Of each row the strongest link from a product that its customer bought, and that product; 0 where none is."""
    to = links.tocsc()
    what = rows["product"].to_numpy()
    many = np.diff(to.indptr)[what]
    row = np.repeat(np.arange(len(rows)), many)
    at = np.arange(len(row)) - np.repeat(np.cumsum(many) - many, many) + to.indptr[what][row]
    weight = _weights(rows["customer_id"].to_numpy()[row], to.indices[at], own, links.shape[0])
    strength = np.where(weight > 0, to.data[at] * weight, 0)
    best = np.lexsort((-strength, row))
    best = best[np.diff(row[best], prepend=-1) > 0]
    best = best[strength[best] > 0]
    found, product = np.zeros(len(rows)), np.zeros(len(rows), np.int64)
    found[row[best]], product[row[best]] = to.data[at[best]], to.indices[at[best]]
    return found, product


def _weights(customer: Ints, product: Ints, own: pd.DataFrame, size: int) -> Floats:
    """How lately a customer bought a product; 0 where they never did."""
    names = np.unique(own["customer_id"])
    key, asked = (
        np.searchsorted(names, who) * size + what
        for who, what in ((own["customer_id"].to_numpy(), own["product"].to_numpy()), (customer, product))
    )
    order = np.argsort(key, kind="stable")
    place = np.minimum(np.searchsorted(key[order], asked), len(key) - 1)
    lately = np.maximum(own[HALF_LIVES[60]].to_numpy(), 0.001)
    return np.where(key[order][place] == asked, lately[order][place], 0)


def _lifts(rows: pd.DataFrame, model: Recommender, similar: Floats) -> list[Floats]:
    """What each kind of reason adds to the log odds beyond the usual; a neighbour must be there to tell of."""
    is_new = rows["order_days"].to_numpy() <= NEWCOMER
    found = [
        np.where(is_new, *(part.new.adds(rows, names) for part in (model.newcomers, model.known)))
        for names in LIFTS.values()
    ]
    return [np.where(similar > 0, found[0], -np.inf), *found[1:]]


def _again(row: Any) -> str:
    last = {0: "today", 1: "1 day ago"}.get(row.last, f"{row.last:.0f} days ago")
    if row.product_days == 1:
        return f"bought on 1 day, {last}"
    gap = (row.first - row.last) / (row.product_days - 1)
    usual = "every day" if gap < 1.5 else f"every {gap:.0f} days"
    return f"bought on {row.product_days:.0f} days, usually {usual}, last {last}"


def _popular(row: Any) -> str:
    digits = 0 if row.reach >= 0.01 else 1
    return f"bought by {row.reach:.{digits}%} of customers in 14 days"


WHY: dict[str, Callable[[Any], str]] = {
    "again": _again,
    "together": lambda row: (
        f"in baskets with {row.antecedent}, which they bought, {row.lift:.1f} times as often as in all"
    ),
    "alike": lambda row: f"customers who bought {row.neighbour}, as they did, also buy it",
    "content": lambda row: f"much bought of {row.of_kind}, which they buy",
    "popular": _popular,
}
