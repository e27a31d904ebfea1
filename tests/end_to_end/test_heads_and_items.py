"""Heads apart from items: who and when stand in the one, what and how much in the other."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from pyspark.sql import functions as F

from tests.conftest import DAY, IDENTITY, House
from tests.end_to_end import kiosk
from tests.end_to_end.kiosk import HEADS, ITEMS, RETURNS, head

NEXT = DAY + timedelta(days=1)
MADE = (
    "silver.order_lines",
    "silver.orders",
    *IDENTITY,
    "gold.sales_daily",
    "gold.account_days",
    "gold.customer_rfm",
)


@pytest.fixture(autouse=True)
def the_app():
    with kiosk.added():
        yield


def test_sums_take_who_and_when_from_the_head_and_nothing_is_counted_twice_or_lost(house: House):
    house.deliver("kiosk_heads", DAY, head("1", "A7"), head("2", None), head("4", "A9"), name="heads.jsonl")
    house.deliver("kiosk_items", DAY, "1,1,10.00", "1,2,5.00", "2,1,3.00", "3,1,2.00")  # of 3 no head came
    house.deliver("kiosk_returns", NEXT, "1,1,4.00")
    assert house.night(HEADS.name, ITEMS.name, RETURNS.name, *MADE, as_of=NEXT).code == 0
    lines = house.rows("silver.order_lines", "order_id", "line_id", "kind", as_of=NEXT)
    assert lines == [
        ("1", "1", "return"),
        ("1", "1", "sale"),
        ("1", "2", "sale"),
        ("2", "1", "sale"),
        ("3", "1", "sale"),
    ]
    [at] = {row.ordered_at for row in house.read("silver.orders", NEXT).select("ordered_at").collect()}
    assert at.astimezone(UTC) == datetime(2017, 1, 2, 7, 50, 26, tzinfo=UTC)
    daily = house.read("gold.sales_daily", NEXT)
    sums = daily.agg(F.sum("sales"), F.sum("returned"), F.sum("guest_sales")).first()
    assert sums == (
        Decimal("16.00"),
        Decimal("4.00"),
        Decimal("5.00"),
    )  # also of the line without a head
    [buyer] = house.rows("gold.customer_rfm", "orders", "spend", "first_order_on", as_of=NEXT)
    assert buyer == (1, Decimal("11.00"), DAY)
    told = house.stored("ops.quality").where("table_name = 'gold.sales_by_order' and broken > 0").collect()
    assert {row.rule for row in told} == {"a line has its order's head", "an order's head has lines"}
