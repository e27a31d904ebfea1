"""The app's quirks: objects with items, proofs, sessions of nobody."""

import json
from datetime import date
from decimal import Decimal

from tests.jobs.channels.arriving import arrived

ITEM = {"quantity": 2, "paid": "2.50", "member_discount": "0.10", "coupon": "0.00", "coupon_match": "0.00"}
ORDER = {"order_id": "7", "account_id": "u1", "store_id": "3", "placed_at": "2017-03-20T03:30:00Z"}


def order(*products: str) -> str:
    return json.dumps(ORDER | {"payment_card": "tok_1", "items": [ITEM | {"product_id": of} for of in products]})


def test_an_order_has_a_line_for_each_item_dated_by_the_business(spark, tmp_path):
    one, same = arrived(spark, tmp_path, "app_orders", "order_lines", order("10", "10"))
    assert (one.order_id, one.product_id, one.account_id, one.store_id) == ("7", "store:10", "app:u1", "store:3")
    assert (one.sales, one.quantity, one.ordered_on) == (Decimal("2.50"), 2, date(2017, 3, 19))
    assert one.line_id != same.line_id


def test_its_head_says_what_paid(spark, tmp_path):
    [head] = arrived(spark, tmp_path, "app_orders", "orders", order("10"))
    assert (head.order_id, head.account_id, head.payment_card) == ("7", "app:u1", "tok_1")


def test_an_account_says_what_is_proven(spark, tmp_path):
    told = {"account_id": "u1", "opened_at": "2017-03-20T03:30:00Z", "name": "Ann Lee", "birthday": None}
    phone = {"number": "(212) 555-0123", "verified": True}
    one, other = arrived(
        spark,
        tmp_path,
        "app_accounts",
        "accounts",
        json.dumps(told | {"phone": phone}),
        json.dumps({"account_id": "u2"}),
    )
    assert (one.account_id, one.opened_on, one.phone, one.is_phone_verified) == (
        "app:u1", date(2017, 3, 19), "+12125550123", True,
    )  # fmt: skip
    assert (one.email, one.is_email_verified) == (other.name, other.phone) == (None, None)


def test_an_event_may_be_nobodys(spark, tmp_path):
    event = {"id": "1", "session": "s", "account": None, "at": "2017-03-20T03:30:00Z", "type": "search"}
    [found] = arrived(spark, tmp_path, "app_events", "events", json.dumps(event | {"category": "ROSES"}))
    assert (found.account_id, found.product_id, found.category) == (None, None, "ROSES")
    assert found.happened_on == date(2017, 3, 19)


def test_what_comes_back_is_below_nothing_in_units_and_money(spark, tmp_path):
    back = {"quantity": -2, "paid": "-2.50", "member_discount": "-0.10", "product_id": "10"}
    [line] = arrived(spark, tmp_path, "app_orders", "order_lines", json.dumps(ORDER | {"items": [ITEM | back]}))
    assert (line.kind, line.quantity, line.sales) == ("return", -2, Decimal("-2.50"))
