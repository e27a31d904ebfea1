"""What a channel's function gives, and what becomes of it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from pyspark.sql import functions as F

import expectations
from jobs.channels import LINEAGE, several, store
from jobs.night import shaping, wiring
from tests.conftest import DAY, empty

LINES, SALES = expectations.TABLES["silver.order_lines"], expectations.TABLES["bronze.store_sales"]
SOLD = [
    {"item": 1, "basket_id": "1", "product_id": "10", "sales_value": Decimal("2.50"), "coupon_disc": Decimal("0.50")},
    {"item": 1, "basket_id": "1", "product_id": "11", "sales_value": Decimal("1.00"), "coupon_disc": Decimal("0.00")},
    {"item": 1, "basket_id": "2", "product_id": "10", "sales_value": Decimal("0.00"), "coupon_disc": Decimal("0.00")},
]


@pytest.fixture
def sold(spark):
    return {SALES.name: spark.createDataFrame(SOLD, empty(spark, SALES).schema)}


def with_coupons(order: str):
    """Order lines and coupons of the till; ``order``: where the order's number stands."""

    def order_lines(store_sales):
        line = {"line_id": F.col("product_id"), "kind": F.lit("sale"), "sales": F.col("sales_value")}
        coupon = {"line_id": F.lit("coupon"), "kind": F.lit("other"), "sales": -F.col("coupon_disc")}
        number = {"order_id": F.col("basket_id")}
        inside = number if order == "in each" else {}
        made = several((F.col("sales_value") > 0, line | inside), (F.col("coupon_disc") > 0, coupon | inside))
        beside = [number["order_id"].alias("order_id")] * (order == "beside")
        return store_sales.select(*beside, F.lit(1).alias("quantity"), F.lit("USD").alias("currency"), made, *LINEAGE)

    return order_lines


def made(frames) -> list[tuple]:
    rows = wiring.make(LINES, frames, DAY).select("order_id", "line_id", "sales", "quantity", "part").collect()
    return sorted((tuple(row) for row in rows), key=repr)


def test_where_rows_replace_rows_one_that_is_left_out_keeps_its_key(sold, monkeypatch):
    monkeypatch.setattr(store, "order_lines", with_coupons("in each"))
    assert [(order, line, part) for order, line, *_, part in made(sold)] == [
        ("1", "coupon", 2),
        ("1", "coupon", -2),
        ("1", "store:10", 1),
        ("1", "store:11", 1),
        ("2", "coupon", -2),
        ("2", "store:10", -1),
    ]


def test_where_orders_replace_orders_a_row_that_became_none_is_left_as_one(sold, monkeypatch):
    monkeypatch.setitem(expectations.TABLES, SALES.name, replace(SALES, whole=("basket_id",)))
    monkeypatch.setattr(store, "order_lines", with_coupons("beside"))
    one = Decimal("1.000")
    assert made(sold) == [
        ("1", "coupon", Decimal("-0.50"), one, 2),
        ("1", "store:10", Decimal("2.50"), one, 1),
        ("1", "store:11", Decimal("1.00"), one, 1),
        ("2", None, None, one, -1),
    ]
    monkeypatch.setattr(store, "order_lines", with_coupons("in each"))
    with pytest.raises(shaping.WiringError, match=r"store.py::order_lines gives order_id in several\(...\)"):
        made(sold)


def test_a_row_of_which_nobody_says_whether_it_is_there_is_told_apart(sold, monkeypatch):
    def order_lines(store_sales):
        is_sold = F.col("sales_value") > F.when(F.col("product_id") == "store:10", 0)  # of 11 nobody knows
        made = several((is_sold, {"sales": F.col("sales_value")}), (F.col("coupon_disc") > 0, {"sales": F.lit(None)}))
        shared = {"order_id": "basket_id", "line_id": "product_id"}
        beside = [F.col(name).alias(to) for to, name in shared.items()]
        one = [F.lit(1).alias("quantity"), F.lit("USD").alias("currency"), F.lit("sale").alias("kind")]
        return store_sales.select(*beside, *one, made, *LINEAGE)

    monkeypatch.setattr(store, "order_lines", order_lines)
    by_row = [(order, line, part) for order, line, *_, part in made(sold) if part >= 0]
    assert by_row == [("1", "store:10", 1), ("1", "store:10", 2), ("1", "store:11", 0)]
    monkeypatch.setitem(expectations.TABLES, SALES.name, replace(SALES, whole=("basket_id",)))
    assert sorted(part for *_, part in made(sold)) == [-1, 0, 1, 2]


def test_a_head_without_items_is_an_order_and_no_line(sold):
    heads = {name: frame.withColumn("item", F.lit(0)) for name, frame in sold.items()}
    assert {part for *_, part in made(heads)} == {-1}
    orders = wiring.make(expectations.TABLES["silver.orders"], heads, DAY)
    assert {row.part for row in orders.collect()} == {1}


def test_a_type_that_is_not_the_contracts_is_named(sold, monkeypatch):
    order_lines = store.order_lines
    monkeypatch.setattr(store, "order_lines", lambda rows: order_lines(rows).withColumn("sales", F.lit("2.50")))
    with pytest.raises(shaping.WiringError, match=r"order_lines gives sales as string, not decimal\(18,2\)"):
        made(sold)


def test_a_feed_whose_rows_are_lines_stands_beside_one_whose_rows_become_several(sold, monkeypatch):
    returns = replace(SALES, name="bronze.store_returns", feeds=(LINES.name,))
    monkeypatch.setitem(expectations.TABLES, returns.name, returns)
    order_lines, calls = store.order_lines, []

    def of_either(rows):
        calls.append(rows)
        return with_coupons("in each")(rows) if len(calls) == 1 else order_lines(rows)

    monkeypatch.setattr(store, "order_lines", of_either)
    assert [part for *_, part in made(sold | {returns.name: sold[SALES.name]})].count(1) == 5
