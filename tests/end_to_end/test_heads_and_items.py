"""An app whose orders come as heads, items and returns, in three feeds, as JSON lines and CSV."""

import json
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import ModuleType

import pytest
from pyspark.sql import functions as F

import expectations
from expectations.contract import Column, Table
from expectations.shared import ODD, READABLE
from jobs.channels import LINEAGE
from tests.conftest import DAY, House

NEXT = DAY + timedelta(days=1)
BRONZE = {
    "grain": "one row per line of a delivered file",
    "owner": "app",
    "key": ("file", "line"),
    "write": "delivery",
    "channel": "app",
    "delivers": "changes",
    "checks": (READABLE, ODD),
    "tax": "included",
    "allowed": {"the buyer is known": 1.0},  # who ordered stands in the heads
}
ORDER = Column("order_id", "string", "Order.")
HEADS = Table(
    name="bronze.app_heads",
    description="Heads of the app's orders.",
    feeds=("silver.orders",),
    format="jsonl",
    columns=(
        ORDER,
        Column("account_id", "string", "Account.", header="customer.account", space="app", personal="pseudonymous"),
        Column("placed_at", "timestamp", "Instant.", format="yyyy-MM-dd HH:mm:ss XXX"),
    ),
    **BRONZE,
)
ITEMS = Table(
    name="bronze.app_items",
    description="Items of the app's orders.",
    feeds=("silver.order_lines",),
    columns=(ORDER, Column("number", "string", "Line."), Column("total", "decimal(18,2)", "Money.")),
    **BRONZE,
)
RETURNS = Table(
    name="bronze.app_returns",
    description="What came back.",
    feeds=("silver.order_lines",),
    columns=(ORDER, Column("number", "string", "Line."), Column("total", "decimal(18,2)", "Money, positive.")),
    **BRONZE,
)
MADE = ("silver.order_lines", "silver.orders", "silver.customers", "gold.sales_daily", "gold.customer_rfm")


def orders(app_heads):
    no_store = F.lit(None).cast("string").alias("store_id")
    return app_heads.select("order_id", "account_id", no_store, F.col("placed_at").alias("ordered_at"), *LINEAGE)


def order_lines(items):
    """Items and returns alike; a return has the order's number, and lines of its own."""
    is_return = F.col("file").startswith("app/returns")
    sign = F.when(is_return, -1).otherwise(1)
    nothing = {name: F.lit(None).cast("string") for name in ("product_id", "account_id", "store_id")}
    none = {name: F.lit(0).cast("decimal(18,2)") for name in ("card_discount", "coupon_discount", "coupon_match")}
    shape = {
        "order_id": F.col("order_id"),
        "line_id": F.col("number"),
        "kind": F.when(is_return, "return").otherwise("sale"),
        **nothing,
        "ordered_at": F.lit(None).cast("timestamp"),
        "quantity": sign.cast("decimal(18,3)"),
        "sales": (F.col("total") * sign).cast("decimal(18,2)"),
        "currency": F.lit("USD"),
        **none,
    }
    return items.select(*(value.alias(name) for name, value in shape.items()), *LINEAGE)


@pytest.fixture(autouse=True)
def app(monkeypatch):
    module = ModuleType("jobs.channels.app")
    module.orders, module.order_lines = orders, order_lines  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    for feed in (HEADS, ITEMS, RETURNS):
        monkeypatch.setitem(expectations.TABLES, feed.name, feed)


def head(number: str, account: str | None) -> str:
    customer = {"account": account} if account else {}
    return json.dumps({"order_id": number, "customer": customer, "placed_at": f"{DAY} 09:50:26 +02:00"})


def test_sums_take_who_and_when_from_the_head_and_nothing_is_counted_twice_or_lost(house: House):
    house.deliver("app_heads", DAY, head("1", "A7"), head("2", None), head("4", "A9"), name="heads.jsonl")
    house.deliver("app_items", DAY, "1,1,10.00", "1,2,5.00", "2,1,3.00", "3,1,2.00")  # of 3 no head came
    house.deliver("app_returns", NEXT, "1,1,4.00")
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
