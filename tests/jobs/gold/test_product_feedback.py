from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from scipy.stats import false_discovery_control

from jobs.gold.product_feedback import fisher, product_feedback
from tests.conftest import frame

AS_OF = date(2017, 12, 31)


def made(spark, *reviews: tuple, said: dict[int, float] | None = None) -> dict:
    """Of department, product, stars, days ago, needs; ``said``: sentiments of some, by their place."""
    texts = [
        {"channel": "app", "kind": "review", "text_id": f"{n}", "department": department, "product_id": product}
        | {"stars": stars, "written_on": AS_OF - timedelta(ago), "needs": needs, "is_open": False, "characters": 0}
        for n, (department, product, stars, ago, needs) in enumerate(reviews)
    ]
    ticket = {"channel": "desk", "kind": "ticket", "text_id": "T", "needs": ["noise"], "written_on": AS_OF}
    scores = [
        {"channel": "app", "kind": "review", "text_id": f"{n}", "customer_id": n, "sentiment": of}
        for n, of in (said or {}).items()
    ]
    given = frame(spark, "gold.customer_texts", *texts, ticket), frame(spark, "gold.customer_sentiments", *scores)
    return {(row.department, row.product_id): row for row in product_feedback(*given, AS_OF).collect()}


def test_there_is_a_row_for_each_department_and_product_and_none_is_made_up(spark):
    rows = made(
        spark, ("DAIRY", "1", 5, 1, []), ("DAIRY", "2", 1, 1, []), (None, "3", 4, 1, []), (None, None, 2, 500, [])
    )
    levels = {key: (row.level, row.reviews) for key, row in rows.items()}
    assert levels == {
        ("DAIRY", None): ("department", 2),
        ("DAIRY", "1"): ("product", 1),
        ("DAIRY", "2"): ("product", 1),
        (None, None): ("department", 2),
        (None, "3"): ("product", 1),
    }
    assert rows["DAIRY", None].mean_stars == 3 and rows[None, None].negative_share == 0.5
    assert made(spark) == {}


def test_windows_are_of_91_days_and_three_stars_are_negative_by_their_text(spark):
    reviews = [
        ("D", "1", 3, 90, ["size"]),
        ("D", "1", 3, 91, []),
        ("D", "1", 5, 181, []),
        ("D", "1", 1, 182, ["taste"]),
    ]
    reviews += [("D", "1", 2, 0, ["size", "price"]), ("D", "1", 4, 1, ["price"])]
    row = made(spark, *reviews, said={0: 0.3, 1: 0.8})["D", "1"]
    assert (row.reviews_91d, row.negative_91d, row.mean_stars_91d) == (3, 2, 3)
    assert (row.reviews_91d_before, row.negative_91d_before, row.mean_stars_91d_before) == (2, 0, 4)
    assert row.negative_share_change == pytest.approx(2 / 3) and row.mean_sentiment_365d == pytest.approx(0.55)
    assert row.needs_complained == ["size", "price", "taste"] and not row.is_changed
    assert row.why == "2 of 3 reviews negative in 91 days, 0 of 2 before: no more than chance"


def test_a_change_is_tested_as_the_lady_tasting_tea_was(spark):
    tasted = pd.DataFrame([[3, 4, 1, 4], [4, 4, 0, 4], [0, 0, 1, 4]]).T
    assert fisher(*(tasted.loc[n] for n in range(4))).tolist() == pytest.approx(
        [0.4857, 0.0286, np.nan], abs=1e-4, nan_ok=True
    )


def test_of_many_products_those_changed_that_a_false_discovery_rate_lets_through(spark):
    bad = {"1": (9, 0), "2": (7, 0), "3": (6, 1), "4": (3, 2), "5": (2, 2)}  # of nine each, now and before
    reviews = [
        ("D", product, 1 if n < many else 5, ago, [])
        for product, both in bad.items()
        for many, ago in zip(both, (5, 100), strict=True)
        for n in range(9)
    ]
    rows = made(spark, *reviews, ("D", "new", 1, 3, []))
    of = {product: rows["D", product] for product in bad}
    adjusted = false_discovery_control([row.p_value for row in of.values()])
    assert [row.is_changed for row in of.values()] == (adjusted <= 0.05).tolist()
    assert 1 < sum(row.is_changed for row in of.values()) < len(bad)
    assert rows["D", "new"].p_value is None and rows["D", "new"].why.endswith("0 of 0 before: nothing to compare")
    assert rows["D", "1"].why.startswith("9 of 9 reviews negative in 91 days, 0 of 9 before: beyond chance (p ")
