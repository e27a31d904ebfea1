"""The generated shop's truth against its files, read again by other means: money as whole numbers, no Decimal."""

import csv
import io
import re
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from samples import web_shop
from samples.web_truth import FOREIGN, UNREADABLE, Truth

INVOICE, ARTICLE, NAME, UNITS, PRICE, CURRENCY, AT, CUSTOMER = range(8)
Row = list[str]


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> tuple[Path, Truth]:
    landing = tmp_path_factory.mktemp("shop")
    return landing, web_shop.build(landing)


@pytest.fixture(scope="module")
def nights(shop) -> dict[str, dict[str, list[Row]]]:
    """Night -> bytes of a file, once -> its rows."""
    found: dict[str, dict[str, list[Row]]] = defaultdict(dict)
    for file in sorted((shop[0] / "web/sales").glob("*/*.csv")):
        header, *rows = csv.reader(io.StringIO(file.read_bytes().decode("gb18030"), newline=""), delimiter=";")
        assert header == list(web_shop.HEADER) and {len(row) for row in rows} == {len(header)}
        found[file.parent.name][file.read_bytes().hex()] = rows
    return found


def number(text: str) -> int:
    """Ten thousandths of a price, or units."""
    return int(text.replace(".", "").replace(",", ""))


def cents(row: Row) -> int:
    amount = number(row[UNITS]) * number(row[PRICE])
    return (abs(amount) + 50) // 100 * (1 if amount > 0 else -1)


def kind(row: Row) -> str:
    if row[ARTICLE].isalpha():
        return "other"
    return "return" if row[UNITS].startswith("-") else "sale"


@pytest.fixture(scope="module")
def known(nights) -> tuple[dict[str, list[Row]], Counter]:
    """The orders that count, and how many lines do not, by why."""
    found: dict[str, list[Row]] = {}
    lost: Counter = Counter()
    for _, files in sorted(nights.items()):
        of_night = defaultdict(list)
        for row in (row for rows in files.values() for row in rows):
            of_night[row[INVOICE]].append(row)
        for invoice, rows in of_night.items():
            is_broken = any(row[PRICE] == "#WERT!" for row in rows)
            if is_broken or any(row[CURRENCY] == "GBP" for row in rows):
                lost[UNREADABLE if is_broken else FOREIGN] += len(rows)
            else:
                lost["superseded"] += len(found.get(invoice, ()))
                found[invoice] = rows
    return found, lost


def test_the_money_and_the_lines_are_those_of_the_files(shop, nights, known):
    told, (orders, lost) = shop[1], known
    rows = [row for of_order in orders.values() for row in of_order]
    of_kind: Counter = Counter()
    for row in rows:
        of_kind[kind(row)] += cents(row)
    assert {name: Decimal(value) / 100 for name, value in of_kind.items()} == told.money
    assert Decimal(sum(cents(row) for row in rows if not row[CUSTOMER])) / 100 == told.of_guests
    assert told.total == sum(told.money.values())
    assert (len(rows), lost) == (told.known, {"superseded": told.superseded, **told.rejected})
    read = sum(len(rows) for files in nights.values() for rows in files.values())
    assert told.delivered == read + told.repeated == len(rows) + sum(lost.values()) + told.repeated


def test_the_orders_and_the_people_are_those_of_the_files(shop, known):
    told, orders = shop[1], known[0]
    assert told.purchases == sum(any(kind(row) == "sale" for row in of) for of in orders.values())
    assert told.returns == sum(invoice.startswith("C") for invoice in orders)
    rows = [row for of_order in orders.values() for row in of_order if row[CUSTOMER]]
    spent: Counter = Counter()
    for row in rows:
        spent[row[CUSTOMER]] += cents(row)
    buyers = {row[CUSTOMER] for row in rows if kind(row) == "sale"}
    assert told.customers == len(spent) == len(buyers) + told.only_returned
    assert told.refunded == sum(not spent[buyer] for buyer in buyers)
    assert told.only_returned and told.refunded


def test_all_its_quirks_are_there(shop, nights, known):
    told, rows = shop[1], [row for files in nights.values() for of_file in files.values() for row in of_file]
    invoices = {row[INVOICE]: row for row in rows}
    assert 20_000 <= told.delivered < 20_500
    assert sum(not row[CUSTOMER] for row in invoices.values()) / len(invoices) == pytest.approx(0.25, abs=0.02)
    assert sum(name.startswith("C") for name in invoices) / len(invoices) == pytest.approx(0.02, abs=0.006)
    assert any(len({row[ARTICLE] for row in of_order}) < len(of_order) for of_order in known[0].values())
    codes = {row[ARTICLE] for row in rows}
    assert {"POST", "M", "D", "85050", "085050"} < codes and any(re.fullmatch(r"\d{5}[ABL]", code) for code in codes)
    assert {"1.200"} < {row[UNITS] for row in rows} and any(re.fullmatch(r"1\.\d{3},\d{4}", row[PRICE]) for row in rows)
    assert any(number(row[UNITS]) * number(row[PRICE]) % 100 == 50 for row in rows if row[PRICE] != "#WERT!")
    assert {"26.03.2017 02:30", "29.10.2017 02:30"} < {row[AT] for row in rows}
    assert told.at_odd_hours == sum(row[AT][:13] in ("26.03.2017 02", "29.10.2017 02") for row in rows)
    for sign in ('"', ";", "\n"):
        assert any(sign in row[NAME] for row in rows)
    files = {folder.name: len(list(folder.iterdir())) for folder in (shop[0] / "web/sales").iterdir()}
    assert {night for night, count in files.items() if count == 2} == {"2017-05-10", "2017-06-24", "2017-07-05"}
    assert not {"2017-03-26", "2017-06-14"} & set(files)
    one, two = (Counter(row[INVOICE] for row in part) for part in nights["2017-05-10"].values())
    assert told.in_two_files == sum((one + two)[invoice] for invoice in one.keys() & two.keys()) > 0


def test_a_seed_gives_the_same_bytes_and_another_seed_others(shop, tmp_path):
    def content(landing: Path) -> dict[str, bytes]:
        return {file.relative_to(landing).as_posix(): file.read_bytes() for file in landing.rglob("*.csv")}

    assert web_shop.build(tmp_path / "again") == shop[1]
    assert content(tmp_path / "again") == content(shop[0])
    assert web_shop.build(tmp_path / "other", seed=8) != shop[1]
