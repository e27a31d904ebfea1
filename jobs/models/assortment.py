"""What a shop sells, as recommendations look at it: numbers of products, and matrices from product to product."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import pandas as pd
from scipy import sparse

from jobs.arrays import Floats, Ints
from jobs.statistics.neighbours import largest

LEADERS, FIRST = 10, 10  # products of a kind, and of all, that a customer may be told of


@dataclass(frozen=True)
class Assortment:
    """``products``: rows of ``gold.product_features`` in the order of their ids, whose places are their codes;
    ``alike``: similarity, (products, products)."""

    products: pd.DataFrame
    alike: sparse.csr_matrix

    @classmethod
    def of(cls, product_features: pd.DataFrame, product_neighbours: pd.DataFrame) -> Self:
        products = product_features.sort_values("product_id", ignore_index=True)
        ids = pd.Index(products["product_id"])
        return cls(products, matrix(product_neighbours, ids, "product_id", "other_product_id", "similarity"))

    @property
    def size(self) -> int:
        return len(self.products)

    @cached_property
    def kind(self) -> Ints:
        return pd.factorize(self.products["kind"], sort=True)[0]

    @cached_property
    def numbers(self) -> dict[str, Floats]:
        """Features of a product, each (products,)."""
        share = self.products["rebought"].to_numpy(float)
        reach = {f"popular_{days}d": np.log(self.products[f"reach_{days}d"].to_numpy(float)) for days in (14, 90)}
        return {"rebought": np.log(share / (1 - share)), **reach}

    @cached_property
    def leaders(self) -> sparse.csr_matrix:
        """Share of the most bought products of each kind, (kinds, products)."""
        share, place = self.products["kind_share"].to_numpy(float), np.arange(self.size)
        return largest(sparse.csr_matrix((share, (self.kind, place)), (self.kinds, self.size)), LEADERS)

    @property
    def kinds(self) -> int:
        return int(self.kind.max(initial=-1)) + 1

    @cached_property
    def most_popular(self) -> Ints:
        return np.argsort(-(self.numbers["popular_14d"] + self.numbers["popular_90d"]), kind="stable")[:FIRST]

    def codes(self, product_id: pd.Series) -> Ints:
        """-1 for what it does not sell."""
        return pd.Index(self.products["product_id"]).get_indexer(product_id)


def matrix(pairs: pd.DataFrame, ids: pd.Index, one: str, other: str, value: str) -> sparse.csr_matrix:
    """From product to product; of what is not among ``ids`` nothing."""
    row, column = (ids.get_indexer(pairs[name]) for name in (one, other))
    is_known = (row >= 0) & (column >= 0)
    values = pairs[value].to_numpy(float)[is_known]
    return sparse.csr_matrix((values, (row[is_known], column[is_known])), (len(ids), len(ids)))
