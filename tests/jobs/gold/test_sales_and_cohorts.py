from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from pyspark.sql import functions as F

from jobs.gold.account_days import account_days
from jobs.gold.account_department_days import account_department_days
from jobs.gold.account_store_days import account_store_days
from jobs.gold.cohort_retention import cohort_retention
from jobs.gold.customer_days import customer_days
from jobs.gold.sales_by_order import sales_by_order
from jobs.gold.sales_daily import sales_daily
from tests.conftest import frame

DAY, LATER, LAST = date(2017, 1, 2), date(2017, 1, 9), date(2017, 2, 1)
LINE = {"channel": "web", "kind": "sale", "quantity": 1, "card_discount": 0, "coupon_discount": 0, "coupon_match": 0}


def line(order: str, product: str | None, sales: str, **named) -> dict:
    when = {"ordered_on": DAY, "delivered_on": DAY}
    return {**LINE, **when, "order_id": order, "product_id": product, "sales": sales, **named}


def by_order(spark, lines: list[dict], heads: list[dict]):
    products = [("web:10", "MEAT", "BEEF", True), ("web:11", "MEAT", "PORK", False), ("web:12", "DELI", None, None)]
    columns = ("product_id", "department", "category", "is_private_label")
    named = [dict(zip(columns, of, strict=True)) for of in products]
    orders = frame(spark, "silver.orders", *({"channel": "web", **head} for head in heads))
    return sales_by_order(frame(spark, "silver.order_lines", *lines), orders, frame(spark, "silver.products", *named))


def test_sales_add_up_and_an_unknown_product_counts(spark):
    lines = [
        line("1", "web:10", "1", coupon_discount=1, coupon_match=1),
        line("1", "web:11", "1", quantity=2),
        line("2", "web:10", "1"),
        line("2", "web:99", "1", quantity=0),
    ]
    made = by_order(spark, lines, [{"order_id": "1"}, {"order_id": "2"}])
    assert sorted((row.order_id, row.private_label_sales) for row in made.collect()) == [("1", 1), ("2", 0), ("2", 1)]
    rows = {row.department: row for row in sales_daily(made).collect()}
    meat = rows["MEAT"]
    assert (meat.orders, meat.lines, meat.quantity, meat.sales, meat.coupon_discount) == (2, 3, 4, 3, 2)
    assert (rows["UNKNOWN"].orders, rows["UNKNOWN"].sales, rows["UNKNOWN"].guest_sales) == (1, 1, 1)


def test_categories_of_a_day_are_those_of_what_was_sold_there(spark):
    lines = [line("1", name, "1", account_id="web:1") for name in ("web:11", "web:10", "web:10", "web:12", "web:99")]
    lines.append(line("2", "web:11", "1", account_id="web:1", kind="return"))
    lines.append(line("3", "web:11", "1", account_id="web:1"))
    made = account_department_days(
        by_order(spark, lines, [{"order_id": "4", "account_id": "web:1", "ordered_on": DAY}])
    )
    found = {row.department: (row.categories, row.lines) for row in made.collect()}
    assert found == {"MEAT": (["BEEF", "PORK"], 4), "DELI": ([], 1), None: ([], 1)}


def test_who_and_when_stand_in_the_head_and_what_lacks_the_other_is_kept(spark):
    lines = [
        line("1", "web:10", "5", ordered_on=None),
        line("2", "web:10", "7", ordered_on=None, delivered_on=LATER),  # no head
    ]
    made = by_order(spark, lines, [{"order_id": "1", "account_id": "web:1", "ordered_on": DAY}, {"order_id": "3"}])
    rows = {row.order_id: row for row in made.collect()}
    assert (rows["1"].account_id, rows["1"].ordered_on, rows["1"].has_head) == ("web:1", DAY, True)
    assert (rows["2"].account_id, rows["2"].ordered_on, rows["2"].has_head) == (None, LATER, False)
    assert (rows["3"].lines, rows["3"].sales, rows["3"].kind) == (0, 0, None)
    assert sum(row.sales for row in sales_daily(made).collect()) == 12


def test_kinds_of_line_returns_guests_and_postage(spark):
    who = {"account_id": "web:1"}
    lines = [
        line("1", "web:10", "20", **who),
        line("1", None, "-3", kind="other", quantity=1, **who),  # the order's discount
        line("1", None, "4.50", kind="other", quantity=1, **who),  # postage
        line("R1", "web:10", "-20", kind="return", quantity=-1, ordered_on=LATER, **who),
        line("R1", None, "2", kind="other", ordered_on=LATER, **who),  # a fee for sending back
        line("2", "web:11", "100"),  # a guest
    ]
    made = by_order(spark, lines, [])
    whose = frame(spark, "silver.customers", {"account_id": "web:1", "customer_id": 7, "known_on": DAY})
    days = {row.ordered_on: row for row in customer_days(account_days(made), whose).collect()}
    bought, back = days[DAY], days[LATER]
    assert (bought.orders, bought.lines, str(bought.purchased), bought.returned) == (1, 1, "21.50", 0)
    assert (back.orders, back.purchased, str(back.returned), str(back.spend)) == (0, 0, "18.00", "-18.00")
    daily = sales_daily(made).collect()
    assert sum(row.sales for row in daily) == Decimal("103.50") and sum(row.guest_sales for row in daily) == 100
    of_accounts = {row.account_id: row.spend for row in account_days(made).where(F.col("ordered_on") == DAY).collect()}
    assert of_accounts == {"web:1": Decimal("21.50"), None: 100}  # guests stand beside
    other = [row for row in daily if row.department == "OTHER"]
    assert sum(row.orders for row in other) == sum(row.quantity for row in other) == 0
    assert [row.returned for row in daily if row.ordered_on == LATER and row.department == "MEAT"] == [20]


def test_a_month_in_which_nobody_came_is_there_with_zero(spark):
    days = [
        (1, date(2016, 12, 30), 0, 0, -2),  # came back before the first order that we know
        (1, date(2017, 1, 5), 1, 10, 10),
        (2, date(2017, 1, 9), 2, 20, 20),
        (1, date(2017, 3, 2), 1, 5, 5),
        (3, date(2017, 3, 2), 0, 0, -9),  # never bought
    ]
    shape = "customer_id long, ordered_on date, orders long, purchased long, spend long"
    rows = cohort_retention(spark.createDataFrame(days, shape), date(2017, 3, 15)).orderBy("months_since").collect()
    assert [(row.active_customers, row.retention, str(row.purchased), str(row.spend)) for row in rows] == [
        (2, 1.0, "30.00", "28.00"),
        (0, 0.0, "0.00", "0.00"),
        (1, 0.5, "5.00", "5.00"),
    ]
    assert [row.is_complete for row in rows] == [True, True, False]


def test_what_an_order_brings_back_counts_on_its_own_day(spark):
    lines = [
        line("1", "web:10", "20", account_id="web:1"),
        line("1", "web:11", "8", account_id="web:1"),
        line("1", "web:10", "-5", kind="return", quantity=-1, ordered_on=LATER, account_id="web:1"),
        line("1", "web:10", "-1", kind="return", quantity=-1, ordered_on=LAST, account_id="web:1"),
    ]
    made = by_order(spark, lines, [])
    daily = {row.ordered_on: (row.sales, row.returned, row.orders) for row in sales_daily(made).collect()}
    assert daily == {DAY: (28, 0, 1), LATER: (-5, 5, 0), LAST: (-1, 1, 0)}
    whose = frame(spark, "silver.customers", {"account_id": "web:1", "customer_id": 7, "known_on": DAY})
    days = {
        row.ordered_on: (row.orders, row.purchased, row.returned)
        for row in customer_days(account_days(made), whose).collect()
    }
    assert days == {DAY: (1, 28, 0), LATER: (0, 0, 5), LAST: (0, 0, 1)}


def test_an_order_of_two_days_is_one_purchase_at_its_first_and_its_departments_are_of_their_days(spark):
    at = [datetime(2017, 1, day, hour, tzinfo=ZoneInfo("America/New_York")) for day, hour in ((2, 9), (9, 18))]
    who = {"account_id": "web:1", "store_id": "web:s"}
    lines = [
        line("1", "web:10", "20", ordered_at=at[0], **who),
        line("1", "web:10", "8", ordered_at=at[1], ordered_on=LATER, **who),
        line("2", None, "8", ordered_on=LATER, **who),
        line("3", "web:10", "-5", kind="return", quantity=-1, **who),
    ]
    made = by_order(spark, lines, [])
    stores = account_store_days(made).orderBy("ordered_on").collect()
    assert [tuple(row)[1:] for row in stores] == [
        (DAY, "web", "web:s", 1, 1, [9], 1, 0),
        (LATER, "web", "web:s", 1, 0, [], 0, 0),
    ]
    bought = account_department_days(made).select("ordered_on", "department", "lines", "sales").collect()
    assert sorted(map(tuple, bought), key=str) == [(DAY, "MEAT", 1, 20), (LATER, "MEAT", 1, 8), (LATER, None, 1, 8)]
