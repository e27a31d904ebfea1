"""Kiosks whose orders come as heads, items and returns, in three feeds, as JSON lines and CSV."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from types import ModuleType

import pytest
from pyspark.sql import functions as F

import expectations
from expectations.contract import Column, Table
from expectations.shared import ODD, READABLE
from jobs.channels import LINEAGE
from tests.conftest import DAY

BRONZE = {
    "grain": "one row per line of a delivered file",
    "owner": "kiosk",
    "key": ("file", "line"),
    "write": "delivery",
    "channel": "kiosk",
    "delivers": "changes",
    "checks": (READABLE, ODD),
    "tax": "included",
    "allowed": {"the buyer is known": 1.0},  # who ordered stands in the heads
}
ORDER = Column("order_id", "string", "Order.")
HEADS = Table(
    name="bronze.kiosk_heads",
    description="Heads of the kiosks' orders.",
    feeds=("silver.orders",),
    format="jsonl",
    columns=(
        ORDER,
        Column("account_id", "string", "Account.", header="customer.account", space="kiosk", personal="pseudonymous"),
        Column("placed_at", "timestamp", "Instant.", format="yyyy-MM-dd HH:mm:ss XXX"),
    ),
    **BRONZE,
)
ITEMS = Table(
    name="bronze.kiosk_items",
    description="Items of the kiosks' orders.",
    feeds=("silver.order_lines",),
    columns=(ORDER, Column("number", "string", "Line."), Column("total", "decimal(18,2)", "Money.")),
    **BRONZE,
)
RETURNS = Table(
    name="bronze.kiosk_returns",
    description="What came back.",
    feeds=("silver.order_lines",),
    columns=(ORDER, Column("number", "string", "Line."), Column("total", "decimal(18,2)", "Money, positive.")),
    **BRONZE,
)


def orders(kiosk_heads):
    no_store = F.lit(None).cast("string").alias("store_id")
    return kiosk_heads.select("order_id", "account_id", no_store, F.col("placed_at").alias("ordered_at"), *LINEAGE)


def order_lines(items):
    """Items and returns alike; a return has the order's number, and lines of its own."""
    is_return = F.col("file").startswith("kiosk/returns")
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


@contextmanager
def added() -> Iterator[None]:
    """The house with the kiosks; without it again afterwards."""
    module = ModuleType("jobs.channels.kiosk")
    module.orders, module.order_lines = orders, order_lines  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as house:
        house.setitem(sys.modules, module.__name__, module)
        for feed in (HEADS, ITEMS, RETURNS):
            house.setitem(expectations.TABLES, feed.name, feed)
        yield


def head(number: str, account: str | None, day: date = DAY) -> str:
    customer = {"account": account} if account else {}
    return json.dumps({"order_id": number, "customer": customer, "placed_at": f"{day} 09:50:26 +02:00"})
