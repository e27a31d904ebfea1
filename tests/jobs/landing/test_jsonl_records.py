"""JSON lines: one object a line, and its array's items as rows."""

import pytest

from expectations.contract import Column
from jobs.landing import csv_records, jsonl_records, listing
from tests.jobs.landing.small_feed import deliver, feed, read

ORDER = Column("order_id", "string", "", header="id")
EMAIL = Column("email", "string", "", header="customer.email", personal="direct")
SKU, PRICE = Column("sku", "string", "", header="items.sku"), Column("price", "decimal(18,2)", "", header="items.price")
IS_GIFT = Column("is_gift", "boolean", "")
HEADS = feed(ORDER, EMAIL, IS_GIFT, format="jsonl")
ITEMS = feed(ORDER, EMAIL, SKU, PRICE, format="jsonl", rows="items")


def test_a_path_reaches_into_objects_and_what_is_absent_is_null(tmp_path):
    whole, bare = '{"id": 12345678901234567890.0, "customer": {"email": "a@b.c"}, "is_gift": true}', '{"id": "2"}'
    rows = read(tmp_path, f"{whole}\n{bare}\n", HEADS)
    assert [(row["order_id"], row["email"], row["is_gift"]) for row in rows] == [
        ("12345678901234567890", "a@b.c", True),
        ("2", None, None),
    ]


def test_an_array_is_unfolded_and_each_item_knows_its_place(tmp_path):
    lines = (
        '{"id": 1, "customer": {"email": "x"}, "items": [{"sku": "A", "price": 2.50}, {"sku": "B", "price": 0.1}]}\n'
    )
    rows = read(tmp_path, lines, ITEMS)
    assert [
        (row["line"], row["item"], row["order_id"], row["email"], row["sku"], str(row["price"])) for row in rows
    ] == [
        (1, 1, "1", "x", "A", "2.50"),
        (1, 2, "1", "x", "B", "0.10"),
    ]
    assert [row["why"] for row in rows] == [None, None]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"id": 1', jsonl_records.NO_OBJECT),
        ("[1]", jsonl_records.NO_OBJECT),
        ("[" * 100_000, jsonl_records.NO_OBJECT),
        ("", csv_records.EMPTY),
        ('{"id": 1}', "items is missing, or no list"),
        ('{"id": 1, "items": "A"}', "items is missing, or no list"),
        ('{"id": 1, "items": ["A"]}', "an item of items is no object"),
        ('{"id": {"no": 1}, "items": [{}]}', "order_id is no single value"),
        ('{"id": 1, "customer": "x", "items": [{}]}', "email is no single value"),
        ('{"id": 1, "items": [{"price": 1.999}]}', "price is no decimal(18,2)"),
    ],
)
def test_what_cannot_be_read_is_a_row_with_a_reason(tmp_path, line, why):
    rows = read(tmp_path, line + '\n{"id": 2, "items": [{"price": NaN}]}\n', ITEMS)
    assert [(row["why"], row["order_id"]) for row in rows] == [(why, None), (None, "2")]


def test_half_a_character_does_not_take_its_line_with_it(tmp_path):
    (row,) = read(tmp_path, '{"id": 1, "customer": {"email": "ab\\ud83d"}}\n', HEADS)
    assert (row["email"], row["why"]) == ("ab\ufffd", None)


def test_a_last_line_without_newline_is_cut_off_only_if_its_object_is(tmp_path):
    assert [row["why"] for row in read(tmp_path, '{"id": 1}\n{"id": 2}', HEADS)] == [None, None]
    assert [row["why"] for row in read(tmp_path, '{"id": 1}\n{"id": 2', HEADS)] == [None, csv_records.CUT_OFF]
    assert listing.look(deliver(tmp_path, '{"id": 2'), tmp_path, HEADS).is_cut_off


def test_a_day_without_orders_is_an_empty_file(tmp_path):
    assert read(tmp_path, "", HEADS) == []


def test_of_an_empty_array_the_head_is_a_row(tmp_path):
    rows = read(tmp_path, '{"id": 1, "items": []}\n{"id": 2, "items": [{"sku": "A"}]}\n', ITEMS)
    assert [(row["item"], row["order_id"], row["sku"], row["why"]) for row in rows] == [
        (0, "1", None, None),
        (1, "2", "A", None),
    ]
