from datetime import timedelta

from jobs.silver.quoted_orders import quoted_orders
from tests.conftest import DAY, frame

ORDERS = [
    ("store", "31198570044", "card:1", DAY),
    ("app", "A-100-77", "app:2", DAY),
    ("store", "700000", "card:3", DAY),  # two channels have that number
    ("app", "700000", "app:3", DAY),
    ("store", "800000", None, DAY),  # a guest's
    ("store", "12345", "card:5", DAY),  # as short as any number
]
TEXTS = [
    ("service:a", "订单31198570044一直没有送到。 again 31198570044", 2),
    ("service:b", "Half of A-100-77 was missing, and of 700000 and 800000 and 12345", 91),
    ("service:c", "31198570044", 92),  # too late
    ("service:d", "31198570044", -1),  # too early
    (None, "31198570044", 2),
    ("service:e", None, 2),
]


def test_who_asks_about_an_order_and_who_placed_it(spark):
    columns = ("channel", "order_id", "account_id", "ordered_on")
    orders = frame(spark, "silver.orders", *(dict(zip(columns, of, strict=True)) for of in ORDERS))
    tickets = [{"account_id": who, "text": text, "opened_on": DAY + timedelta(days=n)} for who, text, n in TEXTS]
    found = quoted_orders(frame(spark, "silver.tickets", *tickets), orders).collect()
    assert sorted(map(tuple, found)) == [
        ("31198570044", "card:1"),
        ("31198570044", "service:a"),
        ("A-100-77", "app:2"),
        ("A-100-77", "service:b"),
    ]
