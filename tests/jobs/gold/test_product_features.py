"""What all customers tell of a product, by hand."""

from datetime import timedelta

import pytest

from jobs.gold.product_features import product_features
from tests.conftest import DAY, frame

MASTER = [
    {"product_id": "p:1", "department": "DELI", "category": "CHEESE", "product_type": "SOFT", "product_name": "Brie"},
    {"product_id": "p:2", "department": "DELI", "category": "CHEESE", "product_type": "SOFT"},
    {"product_id": "p:3"},
    {"product_id": "p:4", "department": "DELI"},
]


def test_of_products_of_the_master_who_buys_them_and_comes_back(spark):
    bought = [
        (1, "p:1", 3, 10, 8),
        (2, "p:1", 20, 0, 0),
        (2, "p:2", 100, 5, 1),
        (3, "p:3", 500, 0, 0),
        (3, "p:9", 0, 4, 4),
    ]
    rows = [
        {"customer_id": who, "product_id": what, "last_bought_on": DAY - timedelta(days=ago), "asked_days": asked,
         "rebought_days": again} for who, what, ago, asked, again in bought
    ]  # fmt: skip
    found = product_features(
        frame(spark, "gold.customer_products", *rows), frame(spark, "silver.products", *MASTER), DAY
    )
    by = {row.product_id: row for row in found.collect()}
    assert set(by) == {"p:1", "p:2", "p:3"}  # p:4 was never bought, and nobody knows p:9
    one, two, three = by["p:1"], by["p:2"], by["p:3"]
    assert (one.buyers, one.buyers_14d, one.buyers_90d, two.buyers_90d) == (2, 1, 2, 0)
    assert (one.kind, three.kind, one.kind_share, three.kind_share) == ("DELI / CHEESE / SOFT", "p:3", 1, 0)
    assert [of.words for of in (one, two, three)] == ["Brie", "SOFT (p:2)", "p:3"]
    assert (one.reach_14d, one.reach_90d) == (2 / 3, 3 / 4)  # 1 and 3 came in 14 days, 2 as well in 90
    of_all = (9 + 1) / (15 + 2)
    of_kind = (9 + 20 * of_all) / (15 + 20)
    assert one.rebought == pytest.approx((8 + 10 * of_kind) / (10 + 10))
    assert three.rebought == pytest.approx(of_all)
