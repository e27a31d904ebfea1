from datetime import date, timedelta

import numpy as np
import pytest

from jobs.gold.customer_category_features import customer_category_features
from jobs.gold.customer_features import customer_features
from jobs.gold.customer_next_purchase import customer_next_purchase
from jobs.models.next_purchase import NextPurchase, features
from jobs.models.scoring import Champion
from jobs.statistics.hazard import BINS, Hazard
from tests.conftest import frame

AS_OF = date(2017, 12, 31)


@pytest.fixture(scope="module")
def champion() -> Champion:
    """Who has come often of late comes sooner: what a fitted one says is the model's own test."""
    stays, _ = features(NextPurchase.example())
    weights = np.zeros(stays.shape[1])
    weights[3] = 0.5  # days in the category of the last 56
    return Champion(3, NextPurchase(Hazard(weights, np.zeros(2), np.full(len(BINS), -2.0))))


def test_each_category_has_a_day_a_window_and_a_rhythm_in_words(spark, champion):
    bought = {("MILK", 1): (1, 2, 3, 4), ("TEA", 1): (0, 20, 41, 80), ("RICE", 2): (60, 70, 80, 90), ("OIL", 2): (9,)}
    kept = [
        {"account_id": f"web:{who}", "department": "FOOD", "categories": [what], "channel": "web"}
        | {"ordered_on": AS_OF - timedelta(ago)}
        for (what, who), of in bought.items()
        for ago in of
    ]
    money = {"lines": 1, **dict.fromkeys(("purchased", "spend"), "5.00")}
    money |= dict.fromkeys(("returned", "card_discount", "coupon_discount", "coupon_match"), "0.00")
    whole = {(who, ago) for (_, who), of in bought.items() for ago in of}
    days = [{"customer_id": who, "ordered_on": AS_OF - timedelta(ago), "orders": 1, **money} for who, ago in whole]
    whose = frame(spark, "silver.customers", *({"account_id": f"web:{who}", "customer_id": who} for who in (1, 2)))
    here = customer_category_features(frame(spark, "gold.account_department_days", *kept), whose, AS_OF)
    known = customer_features(frame(spark, "gold.customer_days", *days), AS_OF)
    rows = {row.category: row for row in customer_next_purchase(here, known, champion).collect()}
    assert {name: row.why for name, row in rows.items()} == {
        "MILK": "usually every day, last 1 day ago, on 4 of the last 56 days",
        "TEA": "usually every 21 days, last today, on 3 of the last 56 days",
        "RICE": "usually every 10 days, last 60 days ago, on 0 of the last 56 days",
    }
    assert rows["MILK"].expected_on < rows["TEA"].expected_on < (rows["RICE"].expected_on or date.max)
    assert all(row.model_version == 3 and row.window_from > AS_OF for row in rows.values())
    assert rows["MILK"].last_bought_on == AS_OF - timedelta(1)
