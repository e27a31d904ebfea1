from datetime import date
from decimal import Decimal

from jobs.gold.cohort_retention import cohort_retention
from jobs.gold.sales_by_order import sales_by_order
from jobs.gold.sales_daily import sales_daily

LINES = (
    "channel string, order_id long, product_id long, customer_id long, store_id long, ordered_on date, quantity long, "
    "sales decimal(18,2), card_discount decimal(18,2), coupon_discount decimal(18,2), coupon_match decimal(18,2)"
)
DAY = date(2017, 1, 2)


def test_sales_add_up_and_an_unknown_product_counts(spark):
    one, none = Decimal("1.00"), Decimal(0)
    lines = [
        ("store", 1, 10, 7, 1, DAY, 1, one, none, one, one),
        ("store", 1, 11, 7, 1, DAY, 2, one, one, none, none),
        ("store", 2, 10, 8, 1, DAY, 1, one, none, none, none),
        ("store", 2, 99, 8, 1, DAY, 0, one, none, none, none),
    ]
    products = [(10, "MEAT", True), (11, "MEAT", False), (12, "DELI", None)]
    known = spark.createDataFrame(products, "product_id long, department string, is_private_label boolean")
    by_order = sales_by_order(spark.createDataFrame(lines, LINES), known)
    assert sorted((row.order_id, row.private_label_sales) for row in by_order.collect()) == [(1, 1), (2, 0), (2, 1)]
    rows = {row.department: row for row in sales_daily(by_order).collect()}
    meat = rows["MEAT"]
    assert (meat.orders, meat.lines, meat.quantity, meat.sales, meat.coupon_discount) == (2, 3, 4, 3, 2)
    assert (rows["UNKNOWN"].orders, rows["UNKNOWN"].sales) == (1, 1)


def test_a_month_in_which_nobody_came_is_there_with_zero(spark):
    days = [(1, date(2017, 1, 5), 1, 10), (2, date(2017, 1, 9), 2, 20), (1, date(2017, 3, 2), 1, 5)]
    frame = spark.createDataFrame(days, "customer_id long, ordered_on date, orders long, spend long")
    rows = cohort_retention(frame, date(2017, 3, 15)).orderBy("months_since").collect()
    assert [(row.active_customers, row.retention, str(row.spend)) for row in rows] == [
        (2, 1.0, "30.00"),
        (0, 0.0, "0.00"),
        (1, 0.5, "5.00"),
    ]
    assert [row.is_complete for row in rows] == [True, True, False]
