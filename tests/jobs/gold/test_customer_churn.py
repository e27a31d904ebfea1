from datetime import date, timedelta

import numpy as np
import pytest

from jobs.gold.customer_churn import customer_churn
from jobs.gold.customer_features import customer_features
from jobs.models import rhythm
from jobs.models.chances import BOOSTING, Chances
from jobs.models.churn import Churn
from jobs.models.scoring import Champion
from jobs.statistics import trees
from tests.conftest import frame

AS_OF = date(2017, 12, 31)


@pytest.fixture(scope="module")
def champion(spark) -> Champion:
    """Trained on noise: what it says is the model's own test."""
    [row] = customer_features(days(spark, {1: [9, 3]}), AS_OF).toPandas().pipe(rhythm.features).to_numpy()
    draw = np.random.default_rng(1)
    known = draw.normal(size=(200, len(row))) + np.nan_to_num(row)
    return Champion(
        7, Churn(Chances(BOOSTING, trees.boosting(known, draw.integers(0, 2, 200) * 1.0, "binary:logistic", 5), 1, 0))
    )


def days(spark, bought: dict[int, list[int]]):
    """Customers who bought these days ago."""
    rows = [
        {"customer_id": who, "ordered_on": AS_OF - timedelta(ago), "orders": 1, "lines": 2}
        | dict.fromkeys(("purchased", "spend"), "5.00")
        | dict.fromkeys(("returned", "card_discount", "coupon_discount", "coupon_match"), "0.00")
        for who, of in bought.items()
        for ago in of
    ]
    return frame(spark, "gold.customer_days", *rows)


def test_signs_of_a_rule_stand_beside_the_probability_of_who_bought_of_late(spark, champion):
    bought = {1: [90, 80, 70, 60, 50, 40], 2: [29], 3: [28], 4: [100, 90, 80, 70, 60], 5: [90, 60, 35], 6: [40, 20, 5]}
    engagement = frame(
        spark,
        "gold.customer_engagement",
        {"customer_id": 1, "open_tickets": 1, "last_seen_on": None},
        {"customer_id": 3, "open_tickets": 0, "last_seen_on": AS_OF - timedelta(28)},  # on the day of the order
        {"customer_id": 5, "open_tickets": 0, "last_seen_on": AS_OF - timedelta(2)},
        {"customer_id": 6, "open_tickets": 0, "last_seen_on": AS_OF},
    )
    made = customer_churn(customer_features(days(spark, bought), AS_OF), engagement, champion, AS_OF)
    rows = {row.customer_id: row for row in made.collect()}
    assert set(rows) == {1, 2, 3, 5, 6}  # 4 bought nothing for 56 days
    signs = {
        who: (row.is_rhythm_broken, row.is_complaint_open, row.is_browsing_only, row.rule_level)
        for who, row in rows.items()
    }
    assert signs == {
        1: (True, True, False, "high"),  # every ten days, and away for 40
        2: (True, False, False, "raised"),  # once, 29 days ago
        3: (False, False, False, "low"),
        5: (False, False, True, "raised"),
        6: (False, False, False, "low"),
    }
    assert all(row.model_version == 7 and row.is_warned == (row.churn_probability >= 0.5) for row in rows.values())
    assert rows[1].reason_1 and rows[2].base_log_odds == rows[6].base_log_odds
