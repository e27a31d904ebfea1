"""Preferences: where, when and how, and of how many observations."""

from datetime import date, timedelta

import pytest

from jobs.gold.customer_preferences import customer_preferences
from jobs.gold.customer_products import customer_products
from tests.conftest import frame

AS_OF = date(2017, 12, 31)  # a Sunday
MASTER = [
    {"product_id": f"p:{n}", "department": "PETS", "category": "FOOD", "product_type": "DRY", "package_unit": "LB",
     "package_amount": f"{n}"} for n in (1, 2, 3)
]  # fmt: skip


@pytest.fixture(scope="module")
def rows(spark) -> dict[int, dict]:
    """1 comes on Saturday evenings and buys dog food on offer, 2 on Monday mornings at the full price; 3 came once."""
    saturdays = [AS_OF - timedelta(days=1 + 7 * n) for n in range(40)]
    mondays = [AS_OF - timedelta(days=6 + 7 * n) for n in range(40)]
    visits = [("a:1", day, "app", None, 19) for day in saturdays] + [("a:2", day, "store", "s:1", 8) for day in mondays]
    visits += [("a:3", mondays[0], "store", "s:1", None), ("a:1", AS_OF + timedelta(days=1), "store", "s:9", 3)]
    stores = [
        {"account_id": who, "ordered_on": day, "channel": channel, "store_id": store, "orders": 1,
         "hours": [hour] if hour is not None else []} for who, day, channel, store, hour in visits
    ]  # fmt: skip
    kinds = [
        {"account_id": who, "ordered_on": day, "channel": channel, "department": "PETS", "lines": 10,
         "discounted_lines": 8 if who == "a:1" else 2, "categories": ["FOOD"]} for who, day, channel, *_ in visits
    ]  # fmt: skip
    kinds.append({"account_id": "a:2", "ordered_on": mondays[0], "lines": 1, "categories": []})
    baskets = [
        {"order_id": f"{n}", "account_id": who, "ordered_on": day, "products": ["p:3" if who == "a:1" else "p:1"]}
        for n, (who, day, *_) in enumerate(visits)
    ]
    baskets += [{"order_id": "new", "account_id": "a:2", "ordered_on": mondays[0], "products": ["p:2", "p:9"]}]
    customers = [{"account_id": f"a:{n}", "customer_id": n} for n in (1, 2, 3, 4)]
    customers = frame(spark, "silver.customers", *customers)
    products = frame(spark, "silver.products", *MASTER, {"product_id": "p:9"})
    found = customer_preferences(
        frame(spark, "gold.account_store_days", *stores),
        frame(spark, "gold.account_department_days", *kinds),
        customer_products(frame(spark, "gold.sales_baskets", *baskets), customers, AS_OF),
        customers,
        products,
        AS_OF,
    )
    return {row["customer_id"]: row.asDict() for row in found.collect()}


def test_where_and_when(rows):
    one, two, three = (rows[n] for n in (1, 2, 3))
    assert (one["preferred_channel"], one["preferred_weekday"], one["preferred_hour"]) == ("app", "Sat", 19)
    assert (one["preferred_daypart"], one["preferred_time"], one["preferred_hour_orders"]) == (
        "evening",
        "Sat evening",
        40,
    )
    assert (one["preferred_store_id"], one["preferred_store_orders"]) == (None, 0)
    assert (two["preferred_store_id"], two["preferred_time"]) == ("s:1", "Mon morning")
    assert (three["preferred_hour"], three["preferred_hour_orders"], three["preferred_weekday_orders"]) == (None, 0, 1)
    assert set(rows) == {1, 2, 3}


def test_who_buys_on_offer_does_so_more_than_others_in_their_departments(rows):
    assert rows[1]["promotion_ratio"] > 1.3 and rows[2]["promotion_ratio"] < 1
    assert (rows[1]["discounted_share"], rows[1]["promotion_lines"]) == (0.8, 400)


def test_what_is_new_counts_of_who_has_bought_for_long(rows):
    assert rows[1]["novelty_share"] < rows[2]["novelty_share"] and rows[2]["novelty_products"] == 3
    assert (rows[3]["novelty_share"], rows[3]["novelty_products"], rows[3]["novelty_quintile"]) == (None, 0, None)


def test_packs_are_large_beside_their_kind(rows):
    assert rows[1]["large_pack_share"] > 0.9 and rows[1]["large_pack_days"] == 40
    assert rows[2]["large_pack_share"] < 0.1 and rows[2]["large_pack_days"] == 40


def test_what_is_bought_often(rows):
    assert rows[1]["often_bought"] == ["PETS / FOOD"] and rows[3]["often_bought"] is None
