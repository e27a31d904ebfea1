"""The text of a field -> its value, or why it is none: the same rules in a run and in `make check`."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from expectations.contract import Column, Table
from jobs.landing import dates, numbers
from jobs.landing.text import ContractError
from jobs.vault.normal import normal

#: Value, why the text is no such value, what is odd about it; neither of them holds the text.
Value = tuple[Any, str | None, str | None]
Converter = Callable[[str], Value]

MISSING = "is missing"
REMEMBERED = 1 << 16
NOTHING: Value = (None, None, None)
BITS = {"byte": 8, "short": 16, "smallint": 16, "int": 32, "long": 64, "bigint": 64}
FLAGS = {**dict.fromkeys(("true", "t", "yes", "y", "1"), True), **dict.fromkeys(("false", "f", "no", "n", "0"), False)}
FORMATS = {
    "date": ("yyyy-MM-dd",),
    "timestamp": ("yyyy-MM-dd'T'HH:mm:ss[.SSSSSS][XXX]", "yyyy-MM-dd HH:mm:ss[.SSSSSS][ ][XXX]"),
}
CUT_BY_SPREADSHEET = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]{2,3}")
WHOLE_FLOAT = re.compile(r"([0-9]+)\.0")
FORMULA = re.compile(r'="(.*)"')


@lru_cache(8)
def converters(feed: Table, zone: str) -> list[Converter]:
    """One for each column, which remembers: the files of a feed hold the same texts again and again.

    ContractError: the contract itself cannot be read by.
    """
    try:
        ZoneInfo(feed.timezone or zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise ContractError(f"{feed.name}: there is no time zone {feed.timezone!r}.") from None
    return [_converter(column, feed, feed.timezone or zone) for column in feed.columns]


def _converter(column: Column, feed: Table, zone: str) -> Converter:
    try:
        read = _direct(column, feed) if column.is_hidden and not column.is_text else _of_type(column, feed, zone)
    except ValueError as error:
        raise ContractError(f"{feed.name}: {column.name}: {error}.") from None
    nulls, form = {"", *feed.nulls}, re.compile(column.matches) if column.matches else None
    missing = (None, f"{column.name} {MISSING}", None)

    def convert(text: str) -> Value:
        cut = text.strip()
        if cut in nulls:
            return missing if column.required else NOTHING
        if form and not form.search(cut):
            return None, f"{column.name} does not have its form", None
        return _allowed(column, read(text))

    return lru_cache(REMEMBERED)(convert)


def _allowed(column: Column, found: Value) -> Value:
    """What was read, if it is one of the values that the contract allows."""
    value, why, _ = found
    if why or value is None:
        return found
    if column.one_of and value not in column.one_of:
        return None, f"{column.name} is no known value", None
    low, high = column.between or (None, None)
    is_within = (low is None or value >= low) and (high is None or value <= high)
    return found if is_within else (None, f"{column.name} is out of its range", None)


def _of_type(column: Column, feed: Table, zone: str) -> Converter:
    kind, wrong = column.type, (None, f"{column.name} is no {column.type}", None)

    def simple(read: Callable[[str], Any]) -> Converter:
        return lambda text: wrong if (found := read(text.strip())) is None else (found, None, None)

    if column.is_id:
        return _id(column)
    if kind == "string":
        return lambda text: (text, None, None)
    if kind == "date":
        return simple(dates.date_reader(_formats(column)))
    if kind == "timestamp":
        return _instant(column, zone, wrong)
    if kind == "boolean":
        return simple(lambda text: FLAGS.get(text.lower()))
    return _number(column, feed, wrong)


def _formats(column: Column, kind: str = "") -> tuple[str, ...]:
    given = (column.format,) if isinstance(column.format, str) else column.format
    return given if any(given) else FORMATS[kind or column.type]


def _instant(column: Column, zone: str, wrong: Value) -> Converter:
    read = dates.instant_reader(_formats(column), zone)

    def convert(text: str) -> Value:
        at, odd = read(text.strip())
        return wrong if at is None else (at, None, f"{column.name} is in an hour {odd}" if odd else None)

    return convert


def _number(column: Column, feed: Table, wrong: Value) -> Converter:
    """Whole numbers, decimals and doubles. A whole number may end in ``.0``, as pandas writes it."""
    bits = BITS.get(column.type, 0)
    if column.type == "double":
        precision, scale = 600, 300
    elif column.type.startswith("decimal("):
        precision, scale = (int(n) for n in column.type[8:-1].split(","))
    elif bits:
        precision, scale = 19, 0
    else:
        raise ValueError(f"the text of a landing file becomes no {column.type}")
    read, cut = numbers.reader(feed.numbers, precision, scale), _cut(column)
    make = {"double": float}.get(column.type, int if bits else Decimal)

    def convert(text: str) -> Value:
        found = read(text.strip())
        if found is None:
            return cut if bits and CUT_BY_SPREADSHEET.fullmatch(text.strip()) else wrong
        return wrong if bits and not -(1 << bits - 1) <= found < 1 << bits - 1 else (make(found), None, None)

    return convert


def _id(column: Column) -> Converter:
    """Spaces are cut, and what spreadsheets and pandas put around a number: ``13126.0`` and ``="13126"`` name 13126."""
    cut = _cut(column)

    def convert(text: str) -> Value:
        name = text.strip()
        if name and name[0] != "=" and "+" not in name and not name.endswith(".0"):  # none of what follows
            return name, None, None
        if found := FORMULA.fullmatch(name):
            name = found[1].strip()
        if CUT_BY_SPREADSHEET.fullmatch(name):
            return cut
        whole = WHOLE_FLOAT.fullmatch(name)
        return (whole[1] if whole else name, None, None) if name else NOTHING

    return convert


def _direct(column: Column, feed: Table) -> Converter:
    """A personal value as one text, however it was written; a birthday as in 1990-01-31."""
    if column.holds == "birthday":
        read = dates.date_reader(_formats(column, "date"))
        wrong = (None, f"{column.name} is no date", None)
        return lambda text: wrong if (found := read(text.strip())) is None else (found.isoformat(), None, None)

    def convert(text: str) -> Value:
        value, odd = normal(column.holds, text, feed.regions)
        return value or None, None, f"{column.name} {odd}" if odd else None

    return convert


def _cut(column: Column) -> Value:
    return None, f"{column.name} was cut by a spreadsheet (1.2E+11 in place of a number)", None
