"""`make check`: what a run would make of a file, and a contract proposed from one; no Spark, no value shown."""

import subprocess
import sys
from dataclasses import replace

import pytest

import expectations
from expectations.contract import Table
from expectations.shared import READABLE, SUPERSEDED
from jobs.landing import check, csv_records, guessing, listing, proposing, reading
from jobs.landing.batches import ANOTHER
from tests.conftest import sale
from tests.jobs.landing.small_feed import ZONE, deliver
from tests.jobs.landing.test_reading import WHOLE

HEADER = ",".join(column.name for column in expectations.TABLES["bronze.store_sales"].columns)


def written(folder, *lines, name="export.csv", encoding="utf-8"):
    path = folder / name
    path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return path


def test_a_good_file_is_told_with_its_money(tmp_path, capsys):
    path = written(tmp_path, HEADER, sale(1, 10, 100, value="2.50"), sale(1, 10, 101, value="1000.05"))
    assert check.main([str(path), "store_sales"]) == 0
    said = capsys.readouterr().out
    assert "rows       2: 2 read, 0 rejected, 0 repeated, 0 odd" in said and "sum        sales_value 1,002.55" in said


def test_each_reason_is_told_with_its_first_lines_and_no_value(tmp_path, capsys):
    bad = [sale(1, 10, n, quantity="SECRET") for n in range(5)]
    path = written(tmp_path, f"{HEADER},till", *(line + ",7" for line in [sale(1, 9, 1), *bad]), "")
    assert check.main([str(path), "bronze.store_sales"]) == 1
    said = capsys.readouterr().out
    assert "rejected   quantity is no decimal(18,3): 5 (line 3, 4, 5, ...)" in said
    assert f"rejected   {csv_records.EMPTY}: 1 (line 8)" in said
    assert "12 of the contract's 12 columns; left out: till" in said
    assert "would stop: 85.7% of rows cannot be read, allowed are 5.0%" in said and "SECRET" not in said


def test_what_a_feed_allows_and_which_columns_are_empty_is_as_the_contract_says(tmp_path, capsys, monkeypatch):
    feed = expectations.TABLES["bronze.store_sales"]
    monkeypatch.setitem(expectations.TABLES, feed.name, replace(feed, allowed={READABLE.description: 0.6}))
    path = written(tmp_path, HEADER, sale("", 10, 100), sale("", 10, 101, quantity="many"))
    assert check.main([str(path), "store_sales"]) == 1
    said = capsys.readouterr().out
    assert "empty      in all rows: card_id, payment_card\n" in said and "would stop" not in said


def test_an_encoding_and_a_delimiter_that_are_not_the_contracts_are_told(tmp_path, capsys):
    path = written(tmp_path, HEADER.replace(",", ";"), "\u8ba2\u5355;\u5ba2\u6237", encoding="gb18030")
    assert check.main([str(path), "store_sales"]) == 1
    said = capsys.readouterr().out
    assert "encoding   is not utf-8, as the contract says; it looks like gb18030" in said
    assert "delimiter  is not ',', as the contract says; it looks like ';'" in said


def test_text_that_is_utf8_under_another_encoding_is_told(tmp_path, capsys, monkeypatch):
    feed = expectations.TABLES["bronze.store_sales"]
    monkeypatch.setitem(expectations.TABLES, feed.name, replace(feed, encoding="cp1252"))
    for till, told in (
        ("caf\u00e9", "cp1252, as the contract says; but it looks like utf-8\n"),
        ("x", "contract says\n"),
    ):
        path = written(tmp_path, f"{HEADER},till", sale(1, 10, 100) + f",{till}")
        assert check.main([str(path), "store_sales"]) == 0
        assert told in capsys.readouterr().out


def test_a_file_without_header_shows_no_value(tmp_path, capsys):
    assert check.main([str(written(tmp_path, sale("SECRET", 10, 100), sale(1, 10, 100))), "store_sales"]) == 1
    said = capsys.readouterr().out
    assert "has the file a header?" in said and "SECRET" not in said


@pytest.mark.parametrize("words", [["no.csv", "store_sales"], [__file__, "salez"], []])
def test_usage(words, capsys):
    with pytest.raises(SystemExit) as end:
        check.main(words)
    assert end.value.code == 2


def test_it_needs_no_spark():
    program = "import jobs.landing.check, sys; sys.exit('pyspark' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_of_an_order_that_comes_twice_a_run_counts_the_same_record(house):
    feed = replace(WHOLE, record="whole")
    lines = "order_id,sku,price\n1,A,2.50\n2,A,1.00\n1,B,3.00\n2,A,x\n3,A,x\n3,A,4.00\n1,,5.00\n"
    path = deliver(house.landing, lines)
    _, found = check.check(path, feed, ZONE)
    rows = reading.read(house.spark, [listing.look(path, house.landing, feed)], feed, *house.hiding).collect()
    assert sorted([*found.why.elements(), *found.repeated.elements()]) == sorted(row.why for row in rows if row.why)
    assert {row.line for row in rows if not row.why} == {3, 7, 8} and found.repeated[SUPERSEDED] == 2
    assert str(found.money["price"]) == "10.00"


def test_a_proposal_leaves_out_what_stands_twice_and_no_word_ends_in_an_id_by_chance(tmp_path):
    path = written(tmp_path, "is_void,Device,at,Device,total", "0,a,31/12/2025,b,1.5", "1,a,01/12/2025,b,2.25")
    text = proposing.contract(path)
    assert 'Column("is_void", "long"' in text and 'format="dd/MM/yyyy"' in text and "Device" not in text


def test_a_run_rejects_the_same_lines(house):
    lines = "order_id,sku,price\n1,A,2.50\n1,B,x\n2,A,1.00\n3,B,with,comma\n3,A,1.00\n"
    path = deliver(house.landing, lines)
    _, found = check.check(path, WHOLE, ZONE)
    rows = reading.read(house.spark, [listing.look(path, house.landing, WHOLE)], WHOLE, *house.hiding).collect()
    assert sorted(found.why.elements()) == sorted(row.why for row in rows if row.why)
    assert found.why[ANOTHER] == 2 and str(found.money["price"]) == "1.00"


GERMAN = [
    "Rechnung Code;Preis;Datum;E-Mail;Menge;PLZ;Customer No.;Member No.",
    'C1;"1.234,50 \u20ac";31.12.2017;a@b.de;-1;01069;18999.0;7.0',
    "2;3,00;01.02.2018;NULL;5;10115;18998.0;8.0",
]
CHINESE = [
    "\u8ba2\u5355\u53f7,\u59d3\u540d,paid_at",
    "001,\u5f20\u4e09,2017-01-02T03:04:05Z",
    "002,\u674e\u56db,2017-01-02T03:04:06Z",
]
ORDERS = [
    '{"id": "A1", "customer": {"email": "x@y.z", "address": {"city": "Ulm"}}, "placedAt": 1483369200000, '
    '"lines": [{"sku": "1", "price": 2.5}]}',
    '{"id": "A2", "customer": null, "placedAt": 1483369200001, "lines": [{"sku": "2", "price": 3}]}',
]
SHOPIFY = ["Name,Email,Paid at", "#1001,a@b.de,2017-01-02 03:04:05 +0100", "#1002,a@b.de,2017-01-02 03:04:05 +0100"]


@pytest.mark.parametrize(
    ("lines", "name", "encoding", "types"),
    [
        (GERMAN, "rechnungen.csv", "cp1252", {
            "rechnung_id": "string", "preis": "decimal(18,2)", "datum": "date", "e_mail": "string", "menge": "long",
            "plz": "string", "customer_id": "string", "member_id": "string",
        }),
        (CHINESE, "orders.csv", "gb18030", {"column_1_id": "string", "column_2": "string", "paid_at": "timestamp"}),
        (ORDERS, "orders.jsonl", "utf-8", {
            "source_id": "string", "customer_email": "string", "customer_address_city": "string",
            "placed_at": "timestamp", "lines_sku_id": "string", "lines_price": "decimal(18,2)",
        }),
        (SHOPIFY, "shopify.csv", "utf-8", {"name": "string", "email": "string", "paid_at": "timestamp"}),
    ],
)  # fmt: skip
def test_a_proposed_contract_reads_its_file(tmp_path, lines, name, encoding, types):
    path = written(tmp_path, *lines, name=name, encoding=encoding)
    said: dict[str, object] = {}
    text = proposing.contract(path)
    exec(text, said)
    (feed,) = (value for value in said.values() if isinstance(value, Table))
    assert {column.name: column.type for column in feed.columns} == types
    _, found = check.check(path, feed, ZONE)
    assert (found.rows, found.why) == (2, {})
    personal = [column.header for column in feed.columns if column.personal == "direct"]
    assert personal == [
        header for header in ("E-Mail", "\u59d3\u540d", "customer.email", "Email") if f'"{header}"' in text
    ]
    assert not any(value in text for value in ("a@b.de", "x@y.z", "\u5f20\u4e09"))


def test_a_proposal_says_which_keys_hold_and_where_a_date_is_open(tmp_path):
    path = written(tmp_path, "order_id,line,day", "1,1,03/04/2017", "1,2,03/04/2017", "2,1,04/05/2017")
    text = proposing.contract(path)
    assert "Keys that hold in them: order_id and line;" in text
    assert 'format="dd/MM/yyyy"),  # or MM/dd/yyyy? It fits too' in text
    assert guessing.formats(["31/12/2017 10:00"]) == ("timestamp", ["dd/MM/yyyy H:mm"])
