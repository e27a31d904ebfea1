"""One year of a real retailer: the published totals come out."""

from datetime import date
from pathlib import Path

import pytest

from tests.conftest import House

LAST = date(2017, 12, 31)


@pytest.fixture(scope="module")
def year(spark, tmp_path_factory) -> House:
    house = House(spark, tmp_path_factory.mktemp("year"))
    house.landing.rmdir()
    house.landing = Path("landing").resolve()
    house.run = house.night("nightly", as_of=LAST)  # type: ignore[attr-defined]
    return house


def test_the_known_totals(year):
    assert year.run.code == 0
    lines = year.read("silver.order_lines", LAST)
    found = lines.selectExpr(
        "count(*)", "sum(sales)", "count(distinct order_id)", "count(distinct customer_id)"
    ).first()
    assert [str(value) for value in found] == ["1469307", "4596039.58", "155848", "2469"]
    assert lines.where("quantity = 0").count() == 8869
    assert lines.agg({"quantity": "max"}).first()[0] == 89638
    named = ("products", "members", "campaigns", "campaign_targets", "redemptions", "orders", "coupons")
    counts = [year.read(f"silver.{name}", LAST).count() for name in named]
    assert counts == [92331, 801, 27, 6589, 2102, 155848, 116204 - 4872]


def test_nothing_is_lost_on_the_way(year):
    quality = year.stored("ops.quality").where(
        "rule in ('delivered = published + rejected + repeated', 'every line of the files is there')"
    )
    assert quality.count() > 1000 and quality.where("broken > 0").isEmpty()
    unknown = year.stored("ops.quality").where("rule = 'the product is in the product master'").agg({"broken": "sum"})
    assert unknown.first()[0] == 4836
    daily = year.read("gold.sales_daily", LAST)
    assert str(daily.agg({"sales": "sum"}).first()[0]) == "4596039.58"
    assert daily.where("department = 'UNKNOWN'").agg({"lines": "sum"}).first()[0] == 4836
    closed = year.stored("ops.quality").where("rule = 'a delivery came' and broken = 1")
    assert [row.night for row in closed.collect()] == [date(2017, 12, 25)]


def test_the_gold_tables_agree_with_each_other(year):
    customers = year.read("gold.customer_360", LAST)
    assert customers.count() == 2469
    assert str(customers.agg({"spend": "sum"}).first()[0]) == "4596039.58"
    moves = year.read("gold.customer_tier_moves", LAST)
    tiers = {row.tier: row["count"] for row in year.read("gold.customer_rfm", LAST).groupBy("tier").count().collect()}
    to = {row.to_tier: row["sum(customers)"] for row in moves.groupBy("to_tier").sum("customers").collect()}
    assert to == tiers
    cohorts = year.read("gold.cohort_retention", LAST).where("months_since = 0")
    assert cohorts.agg({"customers": "sum"}).first()[0] == 2469
