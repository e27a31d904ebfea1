"""Neighbours of products, of the customers who bought both."""

import numpy as np
import pytest

from jobs.gold.product_neighbours import product_neighbours
from tests.conftest import frame


def test_neighbours_are_of_the_master_and_of_five_customers(spark):
    bought = [(n, what) for n in range(8) for what in ("p:1", "p:2", "p:9")] + [(n, "p:3") for n in range(4, 12)]
    rows = [{"customer_id": who, "product_id": what, "days_half_life_120d": 1.0} for who, what in bought]
    master = frame(spark, "silver.products", *({"product_id": f"p:{n}"} for n in (1, 2, 3, 4)))
    found = product_neighbours(frame(spark, "gold.customer_products", *rows), master).collect()
    assert {(row.product_id, row.other_product_id) for row in found} == {("p:1", "p:2"), ("p:2", "p:1")}
    [one] = [row for row in found if row.product_id == "p:1"]
    assert (one.place, one.buyers, one.other_buyers, one.both_buyers) == (1, 8, 8, 8)
    assert one.similarity == pytest.approx(np.round(8 / 18, 6))
