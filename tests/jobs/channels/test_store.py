"""The tills: a card, else what paid, else nobody."""

from tests.conftest import sale
from tests.jobs.channels.arriving import arrived


def test_a_line_is_of_the_card_else_of_what_paid_else_of_nobody(spark, tmp_path):
    lines = [sale(41, 1, 10, paid_with="tok_1"), sale("", 2, 10, paid_with="tok_1"), sale("", 3, 10)]
    found = arrived(spark, tmp_path, "store_sales", "orders", *lines)
    assert [(of.account_id, of.payment_card) for of in found] == [
        ("card:41", "tok_1"),
        ("pay:tok_1", "tok_1"),
        (None, None),
    ]


def test_what_comes_back_is_below_nothing_in_units_and_money(spark, tmp_path):
    lines = [sale(41, 1, 10), sale(41, 2, 10, quantity=-1, value="-2.50"), sale(41, 3, 10, quantity=-1)]
    found = arrived(spark, tmp_path, "store_sales", "order_lines", *lines)
    assert [(of.order_id, of.kind) for of in found] == [("1", "sale"), ("2", "return"), ("3", "sale")]
