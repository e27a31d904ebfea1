"""CSV as every spreadsheet and shop writes it: one record is one row, and a broken one takes no other with it."""

import gzip
import random
import time
from itertools import pairwise

import pytest

from expectations.contract import Column
from jobs.landing import csv_records, listing, text
from tests.jobs.landing.small_feed import deliver, feed, read

NEVER_ENDS, AFTER_QUOTE = csv_records.NEVER_ENDS, csv_records.AFTER_QUOTE


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        ('2,"say ""hi"""', [(2, "2", 'say "hi"', None)]),
        ('1,"5"" pipe, long"', [(2, "1", '5" pipe, long', None)]),
        ('1,"C:\\"', [(2, "1", "C:\\", None)]),
        ('1,5" pipe', [(2, "1", '5" pipe', None)]),
        ("1,it's  ", [(2, "1", "it's  ", None)]),
        ('1,"two\nlines"\n2,x', [(2, "1", "two\nlines", None), (4, "2", "x", None)]),
        ('1,"two\n\nlines"', [(2, "1", "two\n\nlines", None)]),
        ('1,"never\n2,x\n3,y', [(2, None, None, NEVER_ENDS), (3, "2", "x", None), (4, "3", "y", None)]),
        ('1,"never\n2,"x"', [(2, None, None, NEVER_ENDS), (3, "2", "x", None)]),
        ('1,"stray\n2,"\n3,y,"\n4,z', [(2, "1", "stray\n2,", None), (4, None, None, NEVER_ENDS), (5, "4", "z", None)]),
        ('"a"b,2\n3,x', [(2, None, None, AFTER_QUOTE), (3, "3", "x", None)]),
        ("1\n2,x", [(2, None, None, csv_records.NUMBER_OF_FIELDS), (3, "2", "x", None)]),
        ("\n,\n2,x", [(2, None, None, csv_records.EMPTY), (3, None, None, csv_records.EMPTY), (4, "2", "x", None)]),
        ("\ufeff1,x\na,b\n", [(2, "1", "x", None), (3, None, None, csv_records.HEADER_AGAIN)]),
        ("1,x\0\n2,y", [(2, None, None, csv_records.NUL), (3, "2", "y", None)]),
        ("1,\r\n", [(2, "1", None, None)]),
        ("1,a\rb\n2,y", [(2, None, None, csv_records.CARRIAGE_RETURN), (3, "2", "y", None)]),
        ("1," + "x" * 300_000, [(2, "1", "x" * 300_000, None)]),
    ],
)  # fmt: skip
def test_a_record_is_read_where_it_begins(tmp_path, lines, rows):
    found = read(tmp_path, "a,b\n" + lines.removesuffix("\n") + "\n", feed())
    assert [(row["line"], row["a"], row["b"], row["why"]) for row in found] == rows


def test_an_empty_field_is_filled_from_the_row_before_in_its_order_alone(tmp_path):
    order, who = Column("order_id", "string", "", header="Name"), Column("who", "string", "", fills=True)
    of = feed(order, who, Column("sku", "string", ""), whole=("order_id",))
    lines = "#1,ann,1\n#1,,\n#1,\n#2,,3\n#3,bob,4\n#4,,5\n#3,,6\n"
    found = [(row["order_id"], row["who"], row["sku"]) for row in read(tmp_path, f"Name,who,sku\n{lines}", of)]
    assert found == [
        ("#1", "ann", "1"),
        ("#1", "ann", None),
        ("#1", None, None),  # broken: its number of fields; it still says whose line it is
        ("#2", None, "3"),
        ("#3", "bob", "4"),
        ("#4", None, "5"),
        ("#3", None, "6"),
    ]


def test_whatever_comes_each_line_belongs_to_one_record(tmp_path):
    dice, parts = random.Random(7), ["a", ",", '"', '""', "\n", "\r\n", "\r", "\0", "\ufeff", "\u8ba2", '"q",2\n']
    for _ in range(500):
        raw = ("a,b\n" + "".join(dice.choices(parts, k=dice.randrange(30)))).encode()
        at = dice.randrange(4, len(raw) + 1)
        rows = read(tmp_path, raw[:at] + b"\xff" * dice.randrange(2) + raw[at:], feed())
        assert all(after["line"] == row["line"] + row["lines"] for row, after in pairwise(rows)), raw


def test_a_file_of_stray_quotes_is_read_in_a_time_that_its_size_tells():
    start = time.monotonic()
    found = list(csv_records.records(["a,b\n", *['5","\n'] * 20_000], ",", "utf-8"))
    assert [record[0] for record in found] == list(range(1, 20_002))  # each line once, and none swallowed
    assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    ("encoding", "name", "content"),
    [
        ("utf-8", "part.csv.gz", "a,b\n1,x\n"),
        ("gb18030", "part.csv", "a,b\n1,\u8ba2\u5355\u53f7\n"),
        ("utf-16", "part.csv", "a,b\r\n1,\u8ba2\u5355\n"),
        ("utf-16-be", "part.csv.GZ", "\ufeffa,b\n1,x\n"),
        ("cp1252", "part.csv", "a,b\n1,M\xfcller\n"),
        ("utf-8", "mac.csv", "a,b\r1,x\r"),
    ],
)
def test_a_file_is_unpacked_by_its_name_and_decoded_by_its_contract(tmp_path, encoding, name, content):
    pack = gzip.compress if name.lower().endswith(".gz") else bytes
    value = content[:-1].rpartition(",")[2]
    (row,) = read(tmp_path, pack(content.encode(encoding)), feed(encoding=encoding), name)
    assert (row["a"], row["b"], row["why"]) == ("1", value, None)
    (row,) = read(tmp_path, pack(content[:-1].encode(encoding)), feed(encoding=encoding), name)
    assert (row["b"], row["why"]) == (None, csv_records.CUT_OFF)


def test_a_line_in_another_encoding_is_broken_and_a_true_replacement_character_is_not(tmp_path):
    rows = read(tmp_path, "a,b\n1,\ufffd\n".encode() + b"2,\xe9\n3,y\n", feed())
    assert [row["why"] for row in rows] == [None, "the line is not UTF-8", None]


@pytest.mark.parametrize(
    ("content", "name", "fault"),
    [
        (gzip.compress(b"a,b\n1,x\n", mtime=0)[:-9], "part.csv.gz", "the gzip file is cut off or damaged"),
        (gzip.compress(b"a,b\n1,x\n", mtime=0), "part.csv", "the file is gzip, but its name does not end in .gz"),
        (b"PK\x03\x04....\n", "part.csv", "a zip archive or a spreadsheet"),
        ("a,b\n1,x\n".encode("utf-16"), "part.csv", "the file is UTF-16; its contract says csv in utf-8"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused_in_words(tmp_path, content, name, fault):
    rows = read(tmp_path, content, feed(), name)
    assert rows and all(fault in row["why"] for row in rows)


def test_headers_are_cut_of_spaces_and_may_have_any_name(tmp_path):
    a, b = Column("a", "string", "", header="Order.ID"), Column("b", "string", "", header="\u8ba2\u5355 name")
    lines = ' \u8ba2\u5355 name ;"Order.ID";note;note;\nx;1;;;\n'
    (row,) = read(tmp_path, lines, feed(a, b, delimiter=";"))
    assert (row["a"], row["b"], row["why"]) == ("1", "x", None)


def test_a_header_may_break_a_name_in_two_lines(tmp_path):
    (row,) = read(tmp_path, 'a,b,"net\nprice"\n1,x,3\n', feed())
    assert (row["line"], row["a"], row["why"]) == (3, "1", None)


def test_an_unknown_encoding_is_an_error_of_the_contract(tmp_path):
    with pytest.raises(text.ContractError, match="there is no encoding 'utf-99'"):
        listing.look(deliver(tmp_path, "a,b\n"), tmp_path, feed(encoding="utf-99"))


@pytest.mark.parametrize("first", ["sep=,", '"sep=,"', "sep=,,"])
def test_excels_line_above_the_header_is_passed_over(tmp_path, first):
    (row,) = read(tmp_path, f"{first}\na,b\n1,x\n", feed())
    assert (row["line"], row["a"], row["b"], row["why"]) == (3, "1", "x", None)
