"""Several channels in one table: each is judged, stopped, replaced and read by itself."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

import expectations
from jobs.gate.deliveries import EVERYBODY
from jobs.lake.report import Delivery
from tests import web_shop
from tests.conftest import DAY, House, product, sale

NEXT, LAST = DAY + timedelta(days=1), DAY + timedelta(days=2)
SALES = ("bronze.store_sales", "bronze.web_sales", "silver.order_lines", "silver.orders", "gold.sales_daily")
PRODUCTS = ("bronze.store_products", "bronze.web_products", "silver.products")


@pytest.fixture(scope="module", autouse=True)
def web():
    with web_shop.added():
        yield


def invoice(number: int, customer: str = "1", units: str = "1", price: str = "2,5000", day: str = "02.01.2017") -> str:
    return f"{number};10;茶杯;{units};{price};USD;{day} 10:00;{customer}"


def money(house: House) -> dict[str, Decimal]:
    rows = house.read("gold.sales_daily", LAST).groupBy("channel").sum("sales").collect()
    return {row.channel: row["sum(sales)"] for row in rows}


def test_a_door_that_stops_holds_back_itself_alone(house, capsys):
    house.deliver("store_products", DAY, product(10))
    house.deliver("web_products", NEXT, "10;茶杯;厨房")
    house.deliver("store_sales", DAY, sale(1, 7, 10))
    house.deliver("web_sales", DAY, invoice(7), invoice(8, customer=""))  # half of them guests, as this shop's may be
    house.deliver("store_sales", LAST, *(sale("", n, 10) for n in (8, 9)), sale(1, 10, 10))  # and this one's may not
    house.deliver("web_sales", LAST, invoice(9, units="many"))
    run = house.night(*PRODUCTS, *SALES, as_of=LAST)
    assert run.code == 1
    assert set(run.reports["bronze.web_sales"].stopped) == {Delivery(LAST, "web")}
    assert set(run.reports["silver.order_lines"].stopped) == {Delivery(LAST, "store")}
    [fault] = run.reports["silver.order_lines"].stopped[Delivery(LAST, "store")]
    assert (fault.rule, fault.allowed) == ("the buyer is known", 0.15)
    assert run.steps["gold.sales_daily"].action == "hold"  # of this night neither door came
    house.deliver("store_sales", LAST, sale(1, 10, 10))
    capsys.readouterr()

    assert house.night(*SALES, as_of=LAST).code == 1
    assert money(house) == {"store": Decimal("5.00"), "web": Decimal("5.00")}
    assert (
        "made without bronze.web_sales, which stopped: gold.sales_by_order, gold.sales_daily" in capsys.readouterr().err
    )
    quality = house.stored("ops.quality").where(f"rule = '{EVERYBODY.name}' and table_name = 'gold.sales_daily'")
    assert [row.broken for row in quality.collect()] == [1]

    house.deliver("web_sales", LAST, invoice(9, units="2"))
    assert house.night(*SALES, as_of=LAST).code == 0
    assert money(house) == {"store": Decimal("5.00"), "web": Decimal("10.00")}
    numbers = house.rows("silver.order_lines", "channel", "account_id", "product_id", as_of=DAY)
    assert numbers == [
        ("store", "card:1", "store:10"),
        ("web", "web:1", "web:10"),
        ("web", None, "web:10"),
    ]
    # a full snapshot is the newest of its own channel
    assert house.rows("silver.products", "product_id", as_of=LAST) == [("store:10",), ("web:10",)]
    assert house.rows("silver.products", "product_id", as_of=DAY) == [("store:10",)]


def test_nothing_is_made_without_a_door_that_is_needed(house, monkeypatch):
    feed = expectations.TABLES["bronze.web_sales"]
    monkeypatch.setitem(expectations.TABLES, feed.name, replace(feed, is_needed=True))
    house.deliver("store_sales", DAY, sale(1, 7, 10))
    house.deliver("web_sales", DAY, invoice(9, units="many"))
    run = house.night(*SALES, as_of=DAY)
    assert run.steps["gold.sales_daily"].reason == "waits for bronze.web_sales"
    assert len(house.rows("silver.order_lines", "order_id", as_of=DAY)) == 1  # the till's night is in
