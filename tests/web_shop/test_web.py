"""The web shop's quirks, one a row."""

import importlib
from datetime import date, datetime
from decimal import Decimal

import pytest

import expectations
from jobs.night import shaping, wiring
from tests import web_shop
from tests.conftest import empty

AT = datetime(2017, 3, 20, 9, 30)


@pytest.fixture(scope="module")
def web():
    with web_shop.added():
        yield importlib.import_module("jobs.channels.web")


@pytest.fixture(scope="module")
def sales(spark, web):
    def line(number: int, invoice: str, article: str, units: str | None, price: str | None, customer: str | None):
        amounts = [Decimal(text) if text else None for text in (units, price)]
        head = (invoice, f"web:{article}", "茶杯", *amounts, "USD", AT, customer)
        return (*head, "web/sales/2017-03-20/sales.csv", number, 1, date(2017, 3, 20))

    rows = [
        line(2, "536365", "85123A", "3", "0.3350", "web:13126"),  # 1.005 is 1.01
        line(3, "536365", "85123A", "3", "0.3350", "web:13126"),
        line(4, "C536379", "85123A", "-3", "0.3350", None),
        line(5, "536365", "D", "-1", "5.0000", "web:13126"),
        line(6, "536366", "22423", None, None, None),
    ]
    return spark.createDataFrame(rows, empty(spark, expectations.TABLES["bronze.web_sales"]).schema)


def test_each_line_has_its_kind_its_number_and_its_money(web, sales):
    found = web.order_lines(sales).select("line_id", "kind", "product_id", "account_id", "sales").collect()
    file = "web/sales/2017-03-20/sales.csv"
    assert [tuple(row) for row in found] == [
        (f"{file}:2:1", "sale", "web:85123A", "web:13126", Decimal("1.01")),
        (f"{file}:3:1", "sale", "web:85123A", "web:13126", Decimal("1.01")),
        (f"{file}:4:1", "return", "web:85123A", None, Decimal("-1.01")),
        (f"{file}:5:1", "other", None, "web:13126", Decimal("-5.00")),
        (f"{file}:6:1", "sale", "web:22423", None, None),
    ]


def test_what_the_shop_does_not_have_is_null_and_what_no_contract_knows_is_refused(spark, web, sales, monkeypatch):
    table = expectations.TABLES["silver.order_lines"]
    frames = {feed.name: empty(spark, feed) for feed in expectations.feeds(table)} | {"bronze.web_sales": sales}
    [line] = wiring.make(table, frames, date(2017, 3, 20)).where("line_id like '%:2:1'").collect()
    assert (line.channel, line.store_id, line.card_discount) == ("web", None, None)
    monkeypatch.setattr(web, "order_lines", lambda web_sales: web_sales.withColumn("shop_id", web_sales.invoice_id))
    with pytest.raises(
        shaping.WiringError, match=r"jobs/channels/web.py::order_lines gives .*shop_id.* silver.order_lines"
    ):
        wiring.make(table, frames, date(2017, 3, 20))
