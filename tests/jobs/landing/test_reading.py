"""Files -> lines -> typed rows: what is broken keeps its place and a reason without a value."""

from datetime import UTC, datetime

import pytest
from pyspark.sql import functions as F

import expectations
from expectations.contract import Column
from expectations.shared import REPEATED
from jobs.landing import csv_records, listing, reading, whole_orders
from tests.conftest import DAY, sale
from tests.jobs.landing.small_feed import deliver, feed

SALES = expectations.TABLES["bronze.store_sales"]


def read(house, *paths):
    files = [listing.look(path, house.landing, SALES) for path in paths]
    return [
        row.asDict() for row in reading.read(house.spark, files, SALES, *house.hiding).orderBy("file", "line").collect()
    ]


def test_a_good_line_is_typed_and_knows_where_it_came_from(house):
    (row,) = read(house, house.deliver("store_sales", DAY, sale(1, 10, 100)))
    assert (row["card_id"], row["basket_id"], str(row["sales_value"]), row["why"]) == ("1", "10", "2.50", None)
    assert (row["file"], row["line"], row["delivered_on"]) == ("store/sales/2017-01-02/part.csv", 2, DAY)
    assert row["transaction_timestamp"].timestamp() == datetime(2017, 1, 2, 15, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (sale(1, 10, 100) + ",extra", "number of fields"),
        ("1,1,10", "number of fields"),
        (sale(1, 10, 100, value="1.999"), "sales_value is no decimal"),
        (sale(1, 10, 100, value="1e3"), "sales_value is no decimal"),
        (sale(1, 10, 100, at="2017-13-02T15:00:00Z"), "transaction_timestamp is no timestamp"),
        (sale(1, 10, 100, at="T00:06"), "transaction_timestamp is no timestamp"),
        (sale(1, 10, 100, quantity="SECRET"), "quantity is no decimal"),
        ('1,1,"10,100,1,2.50,0.10,0.00,0.00,1,', "a quote in the line never ends"),
        ("", "the line is empty"),
    ],
)
def test_a_broken_line_is_kept_with_a_reason_and_without_its_values(house, line, why):
    rows = read(house, house.deliver("store_sales", DAY, sale(1, 9, 100), line, sale(1, 11, 100)))
    assert [row["why"] is None for row in rows] == [True, False, True]
    assert why in rows[1]["why"] and "SECRET" not in rows[1]["why"]
    assert rows[1]["card_id"] is None and rows[1]["line"] == 3


def test_a_line_in_another_encoding_is_broken_and_the_others_are_not(house):
    header = ",".join(column.name for column in SALES.columns)
    raw = "\n".join([header, sale(1, 10, 100), sale(2, 11, 100).replace("2,1,11", "2\xe9,1,11"), ""]).encode("latin-1")
    assert [row["why"] for row in read(house, house.deliver("store_sales", DAY, raw=raw))] == [
        None,
        "the line is not UTF-8",
    ]


def test_only_the_last_line_of_a_cut_off_file_is_broken(house):
    path = house.deliver("store_sales", DAY, sale(1, 10, 100), sale(2, 11, 100))
    path.write_bytes(path.read_bytes()[:-4])
    assert [row["why"] for row in read(house, path)] == [None, csv_records.CUT_OFF]


def test_columns_are_taken_by_name_and_a_bom_and_windows_newlines_do_no_harm(house):
    names = [column.name for column in SALES.columns]
    values = dict(zip(names, sale(1, 10, 100).split(","), strict=True))
    turned = names[::-1]
    raw = ("\ufeff" + ",".join(turned) + "\r\n" + ",".join(values[name] for name in turned) + "\r\n").encode()
    (row,) = read(house, house.deliver("store_sales", DAY, raw=raw))
    assert (row["why"], row["card_id"], row["product_id"]) == (None, "1", "100")


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("card_id,store_id", "the header lacks basket_id"),
        (",".join(c.name for c in SALES.columns).replace("quantity", "qty"), "the header lacks quantity"),
        (",".join(c.name for c in SALES.columns) + ",week", "names a column twice"),
    ],
)
def test_a_file_with_a_wrong_header_has_no_readable_line(house, header, why):
    rows = read(house, house.deliver("store_sales", DAY, sale(1, 10, 100), sale(1, 11, 100), header=header))
    assert [row["line"] for row in rows] == [2, 3]
    assert all(why in row["why"] for row in rows)


def test_an_empty_file_is_line_0(house):
    path = house.deliver("store_sales", DAY)
    path.write_bytes(b"")
    (row,) = read(house, path)
    assert (row["line"], row["why"]) == (0, "the file is empty, not even a header")


def test_a_hidden_file_is_refused_and_seen(house):
    house.deliver("store_sales", DAY, sale(1, 10, 100), name="_late.csv")
    (paths,) = listing.nights(house.landing, SALES, DAY).values()
    assert [row["why"] for row in read(house, *paths)] == [
        "the file's name begins with '_', as an unfinished upload's does"
    ]


def test_a_file_that_repeats_another_of_its_night_has_one_reason_and_no_value(house):
    first = house.deliver("store_sales", DAY, sale(1, 10, 100), "broken")
    again = house.deliver("store_sales", DAY, sale(1, 10, 100), "broken", name="zz.csv")
    rows = read(house, again, first)
    assert [row["why"] for row in rows] == [None, csv_records.NUMBER_OF_FIELDS, REPEATED, REPEATED]
    assert [row["card_id"] for row in rows] == ["1", None, None, None]


WHOLE = feed(
    Column("order_id", "string", ""), Column("sku", "string", ""), Column("price", "decimal(18,2)", ""),
    whole=("order_id",),
)  # fmt: skip


def test_a_line_that_cannot_be_read_takes_its_order_with_it(house):
    lines = "1,A,2.50\n1,B,x\n2,A,1.00\n3,A,1.00\n3,B,with,comma\n4,A,1.00\n,A,9.00\n,B,x\n4,B,1"
    file = listing.look(deliver(house.landing, f"order_id,sku,price\n{lines}"), house.landing, WHOLE)
    rows = reading.read(house.spark, [file], WHOLE, *house.hiding).orderBy("line").collect()
    assert [(row.order_id, row.sku, row.why) for row in rows] == [
        ("1", "A", whole_orders.ANOTHER),
        (None, None, "price is no decimal(18,2)"),
        ("2", "A", None),
        ("3", "A", whole_orders.ANOTHER),
        (None, None, csv_records.NUMBER_OF_FIELDS),
        ("4", "A", whole_orders.ANOTHER),
        (None, "A", None),  # no order, so none that could be cut
        (None, None, "price is no decimal(18,2)"),
        (None, None, csv_records.CUT_OFF),
    ]


def test_an_order_in_two_files_of_a_night_is_odd(house):
    files = {"a.csv": "1,A,1\n2,A,1\n", "b.csv": "2,B,1\n3,x,x\n", "copy.csv": "1,A,1\n2,A,1\n"}
    paths = [deliver(house.landing, "order_id,sku,price\n" + lines, name) for name, lines in files.items()]
    found = reading.read(
        house.spark, [listing.look(path, house.landing, WHOLE) for path in paths], WHOLE, *house.hiding
    )
    assert [(row.file[-5:], row.line) for row in found.where(F.col("warning") == whole_orders.TWO_FILES).collect()] == [
        ("a.csv", 3),
        ("b.csv", 2),
    ]
