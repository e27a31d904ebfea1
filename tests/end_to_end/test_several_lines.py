"""A shop whose export has one row an article, in which postage and discount stand too, and a mark for voided orders;
and its kiosk, which sends an order as one object, and sends it again when it changes."""

import json
import sys
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from types import ModuleType

import pytest
from pyspark.sql import functions as F

import expectations
from expectations.contract import IS_DECIDED, Column, Table
from expectations.shared import ODD, READABLE
from jobs.channels import LINEAGE, line_id, several
from tests.conftest import DAY, House

NEXT = DAY + timedelta(days=1)
MONEY = "decimal(18,2)"
ORDERS = Table(
    name="bronze.post_orders",
    description="Orders of a mail-order shop.",
    grain="one row per line of a delivered file",
    owner="post",
    key=("file", "line"),
    write="delivery",
    channel="post",
    feeds=("silver.order_lines", "silver.orders"),
    delivers="changes",
    whole=("order_id",),
    tax="included",
    columns=(
        Column("order_id", "string", "Order."),
        Column("is_voided", "boolean", "The order was taken back before it was sent."),
        Column("account_id", "string", "Account.", space="post", personal="pseudonymous"),
        Column("ordered_at", "timestamp", "Instant."),
        Column("article_id", "string", "Article.", space="post"),
        Column("price", MONEY, "Price of the line."),
        Column("postage", MONEY, "Of the order, in its first row."),
        Column("discount", MONEY, "Of the order, in its first row, positive."),
    ),
    checks=(READABLE, ODD),
)
TABLES = ("silver.order_lines", "silver.orders")


def order_lines(post_orders):
    is_sent = ~F.col("is_voided")
    article = {"line_id": line_id(), "kind": F.lit("sale"), "product_id": F.col("article_id"), "quantity": F.lit(1)}
    postage = {"line_id": F.lit("postage"), "kind": F.lit("other"), "quantity": F.lit(0)}
    made = several(
        (is_sent, article | {"sales": F.col("price")}),
        (is_sent & (F.col("postage") > 0), postage | {"sales": F.col("postage")}),
        (is_sent & (F.col("discount") > 0), postage | {"line_id": F.lit("discount"), "sales": -F.col("discount")}),
    )
    return post_orders.select("order_id", "account_id", "ordered_at", F.lit("USD").alias("currency"), made, *LINEAGE)


def orders(post_orders):
    head = {name: F.col(name) for name in ("order_id", "account_id", "ordered_at")}
    return post_orders.select(several((~F.col("is_voided"), head)), *LINEAGE)


@pytest.fixture(autouse=True)
def shop(monkeypatch):
    module = ModuleType("jobs.channels.post")
    module.orders, module.order_lines = orders, order_lines  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(expectations.TABLES, ORDERS.name, ORDERS)


def row(order: str, price: str, extras: str = ",", is_voided: str = "false") -> str:
    return f"{order},{is_voided},7,{DAY}T15:00:00Z,A,{price},{extras}"


def lines(house: House, night) -> list[tuple]:
    found = house.read("silver.order_lines", night).collect()
    return sorted((line.order_id, line.line_id.split(":")[-2:][0], line.kind, str(line.sales)) for line in found)


FIRST = [("1", "2", "sale", "10.00"), ("1", "3", "sale", "5.00")]
OF_THREE = [("3", "5", "sale", "7.00")]


@pytest.mark.parametrize("is_at_once", [True, False], ids=["at once", "night by night"])
def test_a_row_becomes_several_lines_or_none(house: House, is_at_once):
    first = (row("1", "10.00", "4.90,1.00"), row("1", "5.00"), row("2", "8.00", "4.90,", "true"), row("3", "7.00"))
    house.deliver("post_orders", DAY, *first)
    if not is_at_once:
        assert house.night(ORDERS.name, *TABLES).code == 0
    # on the next night the first order is voided, the third has an amount that is none: its delivery is rejected
    # and of the fourth nobody says whether it was voided
    again = (row("1", "10.00", "4.90,1.00", "true"), row("3", "-7.00"), row("4", "6.00", is_voided=""))
    house.deliver("post_orders", NEXT, *again, *map(sold, range(200)))
    run = house.night(ORDERS.name, *TABLES, as_of=NEXT)
    assert run.code == 0
    extras = [("1", "discount", "other", "-1.00"), ("1", "postage", "other", "4.90")]
    assert lines(house, DAY) == sorted(FIRST + extras + OF_THREE)
    later = house.read("silver.order_lines", NEXT)
    assert [line for line in lines(house, NEXT) if int(line[0]) < 10] == OF_THREE
    assert later.agg(F.sum("sales")).first()[0] == Decimal("207.00")
    assert {head for (head,) in house.rows("silver.orders", "order_id", as_of=NEXT) if int(head) < 10} == {"3"}
    assert house.rows("silver.orders", "order_id") == [("1",), ("3",)]
    told = house.stored("ops.quality").where("rule = 'the channel leaves no row out'")
    counts = {(row.table_name, row.night): row.broken for row in told.collect()}
    assert counts == {(table, night): 1 for table in TABLES for night in (DAY, NEXT)}
    rejected = house.stored("silver.order_lines__rejected").select("line", "part", "reasons").collect()
    assert {(line, part, reasons[-1]) for line, part, reasons in rejected} == {
        (3, 1, "a sale is not negative"),
        (4, 0, IS_DECIDED.name),
    }


def sold(number: int) -> str:
    return row(str(number + 10), "1.00")


def test_a_row_that_is_dropped_or_doubled_otherwise_stops_the_night(house: House, monkeypatch):
    monkeypatch.setattr(
        sys.modules["jobs.channels.post"], "order_lines", lambda rows: order_lines(rows.where("price > 6"))
    )
    house.deliver("post_orders", DAY, row("1", "10.00"), row("1", "5.00"))
    run = house.night(ORDERS.name, "silver.order_lines")
    assert run.code == 1
    assert "2 rows delivered, 1 judged" in run.reports["silver.order_lines"].why()[0]


KIOSK = replace(
    ORDERS,
    name="bronze.post_kiosk",
    format="jsonl",
    rows="items",
    feeds=("silver.order_lines",),
    columns=(
        Column("order_id", "string", "Order."),
        Column("is_voided", "boolean", "Voided.", required=True),
        Column("article_id", "string", "Article.", header="items.article", space="post"),
        Column("price", MONEY, "Price of the line.", header="items.price"),
    ),
    allowed={"the buyer is known": 1.0},
)


def of_kiosk(post_kiosk):
    line = {"line_id": F.concat_ws(":", "line", "item"), "product_id": F.col("article_id"), "sales": F.col("price")}
    line |= {"kind": F.lit("sale"), "quantity": F.lit(1), "ordered_at": F.timestamp_seconds(F.lit(1483369200))}
    made = several((~F.col("is_voided"), line))
    return post_kiosk.select("order_id", F.lit("USD").alias("currency"), made, *LINEAGE)


def test_of_an_order_twice_in_a_night_the_last_good_record_counts_whole(house: House, monkeypatch):
    monkeypatch.delitem(expectations.TABLES, ORDERS.name)
    monkeypatch.setitem(expectations.TABLES, KIOSK.name, KIOSK)
    monkeypatch.setattr(sys.modules["jobs.channels.post"], "order_lines", of_kiosk)

    def order(number: int, *prices: object, is_voided: bool | None = False) -> str:
        items = [{"article": "A", "price": price} for price in prices]
        return json.dumps({"order_id": number, "is_voided": is_voided, "items": items})

    first = [order(1, 10, 20), order(2, 30), order(3, 10, 20), order(4, 5), *(order(n, 1) for n in range(10, 40))]
    then = [order(1, 20), order(2, 30, is_voided=True), order(3), order(4, "many")]
    house.deliver(KIOSK.short, DAY, *first, *then, name="a.jsonl")
    run = house.night(KIOSK.name, "silver.order_lines")
    assert run.code == 0
    found = house.read("silver.order_lines").groupBy("order_id").agg(F.sum("sales"), F.count("*")).collect()
    assert {(o, str(sales), n) for o, sales, n in found if int(o) < 10} == {("1", "20.00", 1), ("4", "5.00", 1)}
    counts = run.reports[KIOSK.name]
    assert [counts.total(what) for what in ("delivered", "published", "rejected", "repeated")] == [40, 34, 1, 5]
