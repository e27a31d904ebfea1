"""Files -> lines -> typed rows: what is broken keeps its place and a reason without a value."""

from datetime import UTC, datetime

import pytest

import expectations
from jobs.landing import listing, reading
from tests.conftest import DAY, sale

SALES = expectations.TABLES["bronze.store_sales"]


def read(house, *paths):
    files = [listing.look(path, house.landing, SALES) for path in paths]
    return [row.asDict() for row in reading.read(house.spark, files, SALES).orderBy("file", "line").collect()]


def test_a_good_line_is_typed_and_knows_where_it_came_from(house):
    (row,) = read(house, house.deliver("store_sales", DAY, sale(1, 10, 100)))
    assert (row["household_id"], row["basket_id"], str(row["sales_value"]), row["why"]) == (1, 10, "2.50", None)
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
        (sale("SECRET", 10, 100), "household_id is no long"),
        ('1,1,"10,100,1,2.50,0.10,0.00,0.00,1,', "number of fields"),
        ("", "the line is empty"),
    ],
)
def test_a_broken_line_is_kept_with_a_reason_and_without_its_values(house, line, why):
    rows = read(house, house.deliver("store_sales", DAY, sale(1, 9, 100), line, sale(1, 11, 100)))
    assert [row["why"] is None for row in rows] == [True, False, True]
    assert why in rows[1]["why"] and "SECRET" not in rows[1]["why"]
    assert rows[1]["household_id"] is None and rows[1]["line"] == 3


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
    assert [row["why"] for row in read(house, path)] == [None, reading.CUT_OFF]


def test_columns_are_taken_by_name_and_a_bom_and_windows_newlines_do_no_harm(house):
    names = [column.name for column in SALES.columns]
    values = dict(zip(names, sale(1, 10, 100).split(","), strict=True))
    turned = names[::-1]
    raw = ("\ufeff" + ",".join(turned) + "\r\n" + ",".join(values[name] for name in turned) + "\r\n").encode()
    (row,) = read(house, house.deliver("store_sales", DAY, raw=raw))
    assert (row["why"], row["household_id"], row["product_id"]) == (None, 1, 100)


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("household_id,store_id", "the header lacks basket_id"),
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
