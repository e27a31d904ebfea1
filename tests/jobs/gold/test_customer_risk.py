from datetime import date, timedelta

import numpy as np
import pytest

from jobs.gold.customer_risk import customer_risk
from jobs.gold.customer_risk_features import customer_risk_features
from jobs.models import risk
from jobs.models.scoring import Champion
from tests.conftest import frame

AS_OF = date(2017, 12, 31)
Day = tuple[int, int, int, str, str, str]  # customer, days ago, orders, purchased, returned, coupons
TABLES = (
    "gold.customer_days",
    "silver.customers",
    "silver.identifiers",
    "silver.redemptions",
    "silver.campaign_targets",
)


def features(spark, days: list[Day], accounts=(), identifiers=(), redemptions=(), targets=()):
    """``gold.customer_risk_features`` of days, (account, customer), (account, kind, token), (account, days ago), and
    accounts to which a campaign was sent."""
    names = ("customer_id", "orders", "purchased", "returned", "coupon_discount")
    rows = {
        "gold.customer_days": [
            dict(zip(names, (who, *of), strict=True)) | {"ordered_on": AS_OF - timedelta(ago), "coupon_match": "0"}
            for who, ago, *of in days
        ],
        "silver.customers": [{"account_id": account, "customer_id": who} for account, who in accounts],
        "silver.identifiers": [dict(zip(("account_id", "kind", "token"), of, strict=True)) for of in identifiers],
        "silver.redemptions": [{"account_id": of, "redeemed_on": AS_OF - timedelta(ago)} for of, ago in redemptions],
        "silver.campaign_targets": [{"account_id": account, "campaign_id": "c"} for account in targets],
    }
    return customer_risk_features(*(frame(spark, name, *rows[name]) for name in TABLES), AS_OF)


def by_customer(spark, *given) -> dict:
    return {row.customer_id: row for row in features(spark, *given).collect()}


def test_days_and_money_are_of_a_year_and_of_its_last_90_days(spark):
    days = [(1, 0, 2, "10", "0", "1"), (1, 89, 1, "20", "5", "0"), (1, 90, 1, "40", "10", "2")]
    days += [(1, 364, 0, "0", "20", "0"), (1, 365, 1, "80", "80", "8"), (1, -1, 9, "99", "99", "9")]
    days += [(2, 400, 1, "80", "0", "0"), (3, 5, 0, "0", "7", "0")]  # long away; brings back what nobody saw him buy
    row, *others = by_customer(spark, days).values()
    assert others == []
    assert (row.order_days, row.return_days, row.coupon_days) == (3, 3, 2)
    assert (row.purchased, row.returned, row.couponed) == (70, 35, 3)
    assert (row.order_days_90d, row.purchased_90d, row.returned_90d, row.most_orders_on_a_day) == (2, 30, 5, 2)
    nothing = (row.campaigns, row.redemptions, row.accounts, row.others_at_address, row.others_on_card)
    assert nothing == (0, 0, 0, 0, 0) and (row.largest_deviation, row.unusual_day_on) == (0, None)


def test_others_are_customers_with_the_same_token_of_the_same_kind(spark):
    days = [(who, 1, 1, "5", "0", "0") for who in (1, 2, 3, 4)]
    accounts = [("card:1", 1), ("card:11", 1), ("app:1", 1), ("card:2", 2), ("card:3", 3), ("card:4", 4), ("card:9", 9)]
    said = [(account, "address", "home") for account in ("card:1", "card:11", "card:2", "card:3", "guest")]
    said += [("card:2", "payment_card", "home"), ("card:4", "payment_card", "x"), ("card:9", "payment_card", "x")]
    said += [("card:4", "phone", "p"), ("card:1", "phone", "p"), ("card:3", "address", "new")]
    used = [("card:1", 3), ("card:11", 400), ("card:2", -1), ("guest", 3)]
    found = by_customer(spark, days, accounts, said, used, ["card:1", "app:1", "guest"])
    told = {who: (row.others_at_address, row.others_on_card, row.accounts) for who, row in found.items()}
    assert told == {1: (2, 0, 2), 2: (2, 0, 1), 3: (2, 0, 1), 4: (0, 1, 1)}
    assert (found[1].campaigns, found[1].redemptions, found[2].redemptions) == (2, 2, 0)


def test_a_day_is_unusual_for_who_usually_spends_less(spark):
    money = [10, 12, 9, 11, 10, 13, 9, 10, 11, 12]
    days = [(1, 10 * n, 1, str(of), "0", "0") for n, of in enumerate(money, 1)]
    days += [(2, 10 * n, 1, str(10 * of), "0", "0") for n, of in enumerate(money, 1)]
    days += [(1, 3, 1, "100", "0", "0"), (1, 5, 1, "90", "0", "0"), (1, 95, 1, "900", "0", "0")]
    days += [(2, 3, 1, "100", "0", "0"), (3, 3, 1, "999", "0", "0"), (3, 9, 1, "1", "0", "0")]  # two days are no usual
    found = by_customer(spark, days)
    told = {who: (row.unusual_days_90d, row.unusual_day_on) for who, row in found.items()}
    assert told == {1: (2, AS_OF - timedelta(3)), 2: (0, None), 3: (0, None)}
    assert (found[1].largest_spend, found[1].usual_spend, found[3].usual_spend) == (100, 11, None)
    assert found[1].largest_deviation > 3.5 > found[2].largest_deviation and found[3].largest_deviation == 0


@pytest.fixture(scope="module")
def champion(spark) -> Champion:
    """It learned from customers of whom one in 50 brings back a lot."""
    draw = np.random.default_rng(1)
    days = [
        (who, int(ago), 1, f"{draw.uniform(5, 50):.2f}", f"{4 * draw.random() * (who % 50 == 0):.2f}", "0")
        for who in range(1_100)
        for ago in draw.choice(90, 8, replace=False)
    ]
    made = features(spark, days)
    return Champion(7, risk.fit(lambda *_: made, AS_OF))


def test_who_returns_most_is_first_and_told_why(spark, champion):
    usual = [(1, ago, 1, "20", "0", "0") for ago in range(0, 80, 10)]
    returns = [(2, ago, 1, "20", "12", "0") for ago in range(0, 80, 10)]
    one_of_two = [(3, 3, 1, "20", "20", "0"), (3, 9, 1, "20", "0", "0")]
    once = [(4, 9 + ago, 1, "20", "0", "0") for ago in range(0, 80, 10)] + [(4, 2, 1, "1200", "0", "0")]
    made = customer_risk(features(spark, usual + returns + one_of_two + once), champion)
    rows = {row.customer_id: row for row in made.collect()}
    assert (rows[1].risk_tier, rows[1].reason_1) == (1, None) and rows[2].risk_tier == 5
    assert rows[2].reason_1.startswith("returned 60% of purchases, of late 60%, others 0.")
    assert rows[2].reason_1.endswith("on 8 days, bought on 8") and rows[2].reason_2 is None
    assert rows[1].risk_score < rows[3].risk_score < rows[2].risk_score
    assert (rows[4].unusual_days_90d, rows[4].unusual_day_on) == (1, AS_OF - timedelta(2))
    assert {row.model_version for row in rows.values()} == {7}
