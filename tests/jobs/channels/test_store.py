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
