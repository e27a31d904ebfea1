"""The text of a field -> its value: spaces, marks, currencies, dates, hours that the clocks move, ids."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

import expectations
from expectations.contract import Column, Numbers
from jobs.landing.text import ContractError
from jobs.landing.values import converters
from tests.jobs.landing.small_feed import ZONE, feed, read

GERMAN = Numbers(decimal=",", thousands=".", currency=("EUR", "\u20ac"), negative="1-")
SWISS, FRENCH = Numbers(thousands="'"), Numbers(decimal=",", thousands=" ")
AMERICAN = Numbers(thousands=",", currency=("$",), negative="(1)")
CUT = "x_id was cut by a spreadsheet (1.2E+11 in place of a number)"


def value(text: str, kind: str, **words):
    """What a text becomes: its value, or why it is none, or (value, what is odd)."""
    name = words.pop("name", "x")
    of_column = {word: words.pop(word) for word in ("format", "matches") if word in words}
    (convert,) = converters(feed(Column(name, kind, "", **of_column), **words), ZONE)
    found, why, odd = convert(text)
    return why or ((found, odd) if odd else found)


@pytest.mark.parametrize(
    ("text", "numbers", "right"),
    [
        (" 4.00 ", Numbers(), "4.00"), ("+5.00", Numbers(), "5.00"), (".50", Numbers(), ".50"), ("-1", Numbers(), "-1"),
        ("\uff11\uff12\uff0e\uff15", Numbers(), "12.5"), ("\u22125", Numbers(), "-5"), ("2.5000", Numbers(), "2.5"),
        ("1,234.50", AMERICAN, "1234.50"), ("1,23", AMERICAN, None), ("12,34,567.5", AMERICAN, "1234567.5"),
        ("$3.00", AMERICAN, "3.00"), ("-$3.00", AMERICAN, "-3.00"), ("$-3.00", AMERICAN, "-3.00"),
        ("(3.00)", AMERICAN, "-3.00"), ("($1,003.00)", AMERICAN, "-1003.00"), ("(3.00", AMERICAN, None),
        ("12,50", GERMAN, "12.50"), ("1.234,56", GERMAN, "1234.56"), ("1.234,56 \u20ac", GERMAN, "1234.56"),
        ("EUR 3", GERMAN, "3"), ("3,00-", GERMAN, "-3.00"), ("12.50", GERMAN, None),
        ("1 234,5", FRENCH, "1234.5"), ("1\xa0234,5", FRENCH, "1234.5"), ("1\u202f234,5", FRENCH, "1234.5"),
        ("1\u2019234.5", SWISS, "1234.5"),
        ("1.999", Numbers(), None), ("1e3", Numbers(), None), ("5.", Numbers(), None), ("-", Numbers(), None),
        ("$3", Numbers(), None), ("(3)", Numbers(), None), ("3-", Numbers(), None), ("1,234", Numbers(), None),
        ("12345678901234567.1", Numbers(), None), ("nan", Numbers(), None),
    ],
)  # fmt: skip
def test_a_number_is_read_as_the_contract_writes_it_and_no_digit_is_lost(text, numbers, right):
    found = value(text, "decimal(18,2)", numbers=numbers)
    assert found == ("x is no decimal(18,2)" if right is None else Decimal(right))


@pytest.mark.parametrize(
    ("text", "kind", "right"),
    [
        ("13126", "long", 13126), ("13126.0", "long", 13126), ("13126.5", "long", "x is no long"),
        ("9223372036854775808", "long", "x is no long"), ("-9223372036854775808", "long", -(2**63)),
        ("40000", "short", "x is no short"), ("4E+05", "long", CUT.replace("x_id", "x")),
        ("0.25", "double", 0.25), ("Yes", "boolean", True), ("0", "boolean", False),
        ("maybe", "boolean", "x is no boolean"),
    ],
)  # fmt: skip
def test_whole_numbers_and_flags(text, kind, right):
    assert value(text, kind) == right


@pytest.mark.parametrize("text", ["NULL", " N/A ", "\\N", "", "  "])
@pytest.mark.parametrize("kind", ["string", "long", "date", "timestamp", "decimal(18,2)"])
def test_what_the_contract_calls_nothing_is_null_in_every_column(text, kind):
    assert value(text, kind, nulls=("NULL", "N/A", "\\N")) is None


def test_text_stays_as_it_came():
    assert value(" NULL and void ", "string", nulls=("NULL",)) == " NULL and void "


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("1.23457E+11", CUT), ("1,23457E+11", CUT), ("4e+05", CUT), ("4E05", "4E05"), ("85123A", "85123A"),
        ("13126.0", "13126"), (" C536379 ", "C536379"), ('="00123"', "00123"), ("12.50", "12.50"), ('=""', None),
    ],
)  # fmt: skip
def test_an_id_that_a_spreadsheet_cut_is_refused_and_what_it_added_is_cut(text, right):
    assert value(text, "string", name="x_id") == right


def test_a_form_is_asked_for():
    assert value("12", "string", matches="^C") == "x does not have its form"


@pytest.mark.parametrize(
    ("text", "pattern", "right"),
    [
        ("31/12/2017", "dd/MM/yyyy", date(2017, 12, 31)),
        ("03/04/17", "dd/MM/yyyy", None),
        ("03/04/17", "dd/MM/yy", date(2017, 4, 3)),
        ("03/04/17", ("dd/MM/yyyy", "MM/dd/yy"), date(2017, 3, 4)),
        ("31/02/2017", "dd/MM/yyyy", None),
        ("2017", "yyyy-MM-dd", None),
        ("2017-1-2", "yyyy-MM-dd", None),
        ("1/2/2017 9:05 pm", "M/d/yyyy h:mm a", date(2017, 1, 2)),
        ("2017\u5e741\u67082\u65e5", "yyyy\u5e74M\u6708d\u65e5", date(2017, 1, 2)),
        ("2 Sept. 2017", "d MMM yyyy", date(2017, 9, 2)),
        (" 2017-01-02 ", "", date(2017, 1, 2)),
        ("20170102", "yyyyMMdd", date(2017, 1, 2)),
    ],
)
def test_a_date_has_its_pattern_and_no_other(text, pattern, right):
    assert value(text, "date", format=pattern) == (right or "x is no date")


@pytest.mark.parametrize(
    ("text", "pattern", "zone", "right"),
    [
        ("2025-10-07 09:50:26 +02:00", "yyyy-MM-dd HH:mm:ss XXX", "", datetime(2025, 10, 7, 7, 50, 26)),
        ("2025-10-07 09:50:26 +0200", "yyyy-MM-dd HH:mm:ss Z", "", datetime(2025, 10, 7, 7, 50, 26)),
        ("2025-10-07T09:50:26.25Z", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "", datetime(2025, 10, 7, 9, 50, 26, 250_000)),
        ("2025-10-07 09:50 Asia/Shanghai", "yyyy-MM-dd HH:mm VV", "", datetime(2025, 10, 7, 1, 50)),
        ("2025-10-07 09:50:26", "yyyy-MM-dd HH:mm:ss", "", datetime(2025, 10, 7, 13, 50, 26)),
        ("2025-10-07 09:50:26", "yyyy-MM-dd HH:mm:ss", "Europe/Berlin", datetime(2025, 10, 7, 7, 50, 26)),
        ("1759823426", ("yyyy-MM-dd", "epoch"), "", datetime(2025, 10, 7, 7, 50, 26)),
        ("1759823426.25", "epoch", "", datetime(2025, 10, 7, 7, 50, 26, 250_000)),
        ("1759823426250", "epoch_ms", "", datetime(2025, 10, 7, 7, 50, 26, 250_000)),
        ("1759823426250", "epoch", "", None),
        ("10/7/2025, 12:05\u202fAM", "M/d/yyyy, h:mm a", "UTC", datetime(2025, 10, 7, 0, 5)),
        ("2025-10-07 24:00:00", "yyyy-MM-dd HH:mm:ss", "", None),
        ("2025-10-07 13:00 PM", "yyyy-MM-dd hh:mm a", "", None),
        ("T00:06", "yyyy-MM-dd'T'HH:mm", "", None),
    ],
)
def test_a_time_is_an_instant_of_its_own_zone_or_its_feeds_or_the_business(text, pattern, zone, right):
    found = value(text, "timestamp", format=pattern, timezone=zone)
    if right is None:
        assert found == "x is no timestamp"
    else:
        assert datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=found) == right.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "right", "odd"),
    [
        ("2017-03-12 02:30", datetime(2017, 3, 12, 7, 30), "left out by the clocks"),  # read as 03:30
        ("2017-11-05 01:30", datetime(2017, 11, 5, 5, 30), "that stands twice"),  # the first, summer time's
    ],
)
def test_an_hour_that_the_clocks_move_is_read_and_odd(text, right, odd):
    found, told = value(text, "timestamp", format="yyyy-MM-dd HH:mm")
    assert datetime(1970, 1, 1) + timedelta(microseconds=found) == right
    assert told == f"x is in an hour {odd}"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"kind": "date", "format": "dd.MM."}, "must name year, month and day"),
        ({"kind": "date", "format": "yyyy-MM-dd QQ"}, "has 'QQ', which is not known"),
        ({"kind": "timestamp", "format": "yyyy-MM-dd hh:mm"}, "must name both h and a"),
        ({"kind": "timestamp", "timezone": "Mars"}, "there is no time zone 'Mars'"),
        ({"kind": "array<string>"}, "becomes no array<string>"),
    ],
)
def test_a_contract_that_cannot_be_read_by_says_so(words, told):
    with pytest.raises(ContractError, match=r"bronze\.web_sales: ") as error:
        value("", **words)
    assert told in str(error.value)


def test_every_feed_of_the_house_can_be_read_by():
    assert all(converters(table, ZONE) for table in expectations.TABLES.values() if table.layer == "bronze")


def test_what_the_contract_asks_of_a_column_is_asked_of_the_file(tmp_path):
    columns = (
        Column("status", "string", "", required=True, one_of=("paid", "open")),
        Column("units", "int", "", between=(1, None)),
        Column("rate", "decimal(18,2)", "", required=True, between=(0, 1)),
    )
    lines = "paid,1,0.5\non-hold,1,0.5\n,1,0.5\npaid,0,0.5\npaid,,1.01\npaid,,\n"
    found = [row["why"] for row in read(tmp_path, f"status,units,rate\n{lines}", feed(*columns))]
    assert found == [
        None,
        "status is no known value",
        "status is missing",
        "units is out of its range",
        "rate is out of its range",
        "rate is missing",
    ]


def test_a_head_without_items_lacks_only_what_a_head_must_have(tmp_path):
    columns = (
        Column("order_id", "string", "", required=True),
        Column("sku", "string", "", header="items.sku", required=True),
    )
    of = feed(*columns, format="jsonl", rows="items")
    lines = '{"order_id": 1, "items": []}\n{"order_id": 1, "items": [{}]}\n{"items": []}\n'
    assert [row["why"] for row in read(tmp_path, lines, of)] == [None, "sku is missing", "order_id is missing"]
