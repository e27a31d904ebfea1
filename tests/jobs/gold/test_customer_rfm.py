from datetime import date

from jobs.gold.customer_rfm import customer_rfm
from jobs.gold.customer_tier_moves import customer_tier_moves

DAYS = "customer_id long, ordered_on date, orders long, spend long"
AS_OF = date(2017, 3, 1)


def test_recency_frequency_and_monetary_value_look_back_from_as_of(spark):
    days = [
        (1, date(2017, 1, 1), 2, 10),
        (1, date(2017, 2, 20), 1, 5),
        (2, date(2017, 3, 1), 1, 1),
        (2, date(2017, 3, 2), 9, 999),  # the future: not known at as_of
    ]
    rows = {row.customer_id: row for row in customer_rfm(spark.createDataFrame(days, DAYS), AS_OF).collect()}
    one, two = rows[1], rows[2]
    assert (one.days_since_last_order, one.days_active, one.days_observed) == (9, 50, 59)
    assert (one.orders, one.repeat_days) == (3, 1)
    assert (str(one.spend), two.orders, str(two.spend), two.repeat_days) == ("15.00", 1, "1.00", 0)


def test_a_return_takes_money_and_is_no_order(spark):
    days = [(1, date(2017, 2, 1), 1, 10), (1, date(2017, 2, 9), 0, -4), (2, date(2017, 2, 1), 0, -7)]
    [row] = customer_rfm(spark.createDataFrame(days, DAYS), AS_OF).collect()
    assert (row.customer_id, row.orders, str(row.spend), row.last_order_on) == (1, 1, "6.00", date(2017, 2, 1))


def test_quintiles_part_ten_customers_in_pairs(spark):
    days = [(n, date(2017, 2, n), n, n) for n in range(1, 11)]
    rows = customer_rfm(spark.createDataFrame(days, DAYS), AS_OF).orderBy("customer_id").collect()
    assert [row.monetary_quintile for row in rows] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert [row.recency_quintile for row in rows] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert (rows[0].tier, rows[4].tier, rows[9].tier) == ("low", "middle", "top")


def test_equal_values_lie_in_equal_quintiles(spark):
    days = [(n, date(2017, 2, 1), 1, 7 if n < 9 else 8) for n in range(10)]
    rows = customer_rfm(spark.createDataFrame(days, DAYS), AS_OF).collect()
    assert len({row.frequency_quintile for row in rows}) == len({row.recency_quintile for row in rows}) == 1
    assert len({row.monetary_quintile for row in rows if row.spend == 7}) == 1


def test_everybody_moves_once_and_who_had_not_ordered_is_new(spark):
    days = [(n, date(2017, 1, n), 1, n) for n in range(1, 6)] + [(1, date(2017, 2, 27), 5, 100), (9, AS_OF, 1, 3)]
    frame = spark.createDataFrame(days, DAYS)
    moves = customer_tier_moves(frame, customer_rfm(frame, AS_OF), AS_OF).collect()
    assert sum(row.customers for row in moves) == 6
    (new,) = [row for row in moves if row.from_tier == "new"]
    assert (new.customers, str(new.spend), str(new.spend_before)) == (1, "3.00", "0.00")
    assert sum(row.spend for row in moves) == 103
