"""A shop that is nothing like the till: its money comes out to the cent, however its nights are loaded."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from samples.web_orders import ARTICLES, LAST_DAY
from samples.web_shop import build, deliveries
from samples.web_truth import FOREIGN, UNREADABLE, Truth, truth
from tests import web_shop
from tests.conftest import House

LINES = ("bronze.web_sales", "silver.order_lines")
ALL = (*LINES, "bronze.web_products", "silver.products", "silver.orders", "gold.sales_daily")
CUT = date(2017, 9, 20)  # orders of before are sent again after it


@pytest.fixture(scope="module", autouse=True)
def web():
    with web_shop.added():
        yield


@pytest.fixture(scope="module")
def at_once(spark, tmp_path_factory, web) -> House:
    house = House(spark, tmp_path_factory.mktemp("at_once"))
    house.truth = build(house.landing)  # type: ignore[attr-defined]
    house.last = house.night(*ALL, as_of=LAST_DAY)  # type: ignore[attr-defined]
    assert house.last.code == 0
    return house


def money(lines: DataFrame, by: str) -> dict:
    return {row[0]: row[1] for row in lines.groupBy(F.expr(by)).agg(F.sum("sales")).collect()}


def test_the_money_comes_out_to_the_cent(at_once):
    told: Truth = at_once.truth
    lines = at_once.read("silver.order_lines", LAST_DAY).cache()
    assert money(lines, "kind") == told.money
    assert money(lines, "account_id is null") == {True: told.of_guests, False: told.of_customers}
    assert lines.count() == told.known
    of_order = lines.groupBy("order_id").agg(F.max(F.col("kind") == "sale").alias("is_purchase"))
    assert money(of_order.withColumn("sales", F.lit(1)), "is_purchase") == {True: told.purchases, False: told.returns}
    assert lines.agg(F.count_distinct("account_id")).first()[0] == told.customers
    assert at_once.read("silver.products", LAST_DAY).count() == ARTICLES
    daily = at_once.read("gold.sales_daily", LAST_DAY)
    assert daily.agg(F.sum("sales"), F.sum("guest_sales")).first() == (told.total, told.of_guests)


def test_what_does_not_count_is_counted(at_once):
    told: Truth = at_once.truth
    bronze, silver = (at_once.last.reports[name] for name in LINES)
    assert not bronze.stopped and not silver.stopped
    assert (bronze.total("delivered"), bronze.total("repeated")) == (told.delivered, told.repeated)
    assert bronze.total("rejected") == told.rejected[UNREADABLE]
    assert silver.total("rejected") == told.rejected[FOREIGN]
    assert at_once.stored("silver.order_lines").count() == told.known + told.superseded
    odd = at_once.stored("bronze.web_sales").where("warning is not null").count()
    assert odd == told.at_odd_hours + told.in_two_files


def test_an_old_night_is_as_it_was(at_once):
    before = truth(file for file in deliveries() if file.night <= CUT)
    after = truth(file for file in deliveries() if file.night > CUT)
    assert before.superseded + after.superseded < at_once.truth.superseded
    assert money(at_once.read("silver.order_lines", CUT), "kind") == before.money


def some_nights(house: House, landing: Path, is_chosen) -> None:
    for folder in (landing / "web/sales").iterdir():
        if is_chosen(date.fromisoformat(folder.name)):
            shutil.copytree(folder, house.landing / "web/sales" / folder.name)


@pytest.mark.parametrize("is_first", [lambda night: night <= CUT, lambda night: night > CUT], ids=["in turn", "late"])
def test_the_order_of_loading_changes_nothing(house, at_once, is_first):
    for is_chosen in (is_first, lambda night: not is_first(night)):
        some_nights(house, at_once.landing, is_chosen)
        assert house.night(*LINES, as_of=LAST_DAY).code == 0
    for name in LINES:
        assert content(house.stored(name)) == content(at_once.stored(name))
    assert content(house.read("silver.order_lines", LAST_DAY)) == content(at_once.read("silver.order_lines", LAST_DAY))


def content(frame: DataFrame) -> tuple:
    """Number of rows, and a sum of their hashes, whatever their order."""
    return tuple(frame.agg(F.count("*"), F.sum(F.xxhash64(*sorted(frame.columns)).cast("decimal(38,0)"))).first())
