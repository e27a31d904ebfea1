"""JSON lines -> records: one object a line; with ``rows`` each item of its array is one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from expectations.contract import Table
from jobs.landing.csv_records import CUT_OFF, EMPTY, Record
from jobs.landing.text import BOM, MARK

NO_OBJECT = "the line is no JSON object"

#: Numbers stay text as they were written; NaN, which Python writes for nothing, is null.
DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=lambda name: None if name == "NaN" else name)
#: Of each column: is it of an item, its key there, and its name.
Places = list[tuple[bool, str, str]]


def records(text: Iterable[str], feed: Table) -> Iterator[Record]:
    """Rows of the file, their fields in the order of the contract's columns; the line counts at its first item. Of an
    empty array the row is the head alone, item 0."""
    nothing, places = [None] * len(feed.columns), _places(feed)
    for number, line in enumerate(text, 1):
        if MARK in line:
            yield number, 1, 1, nothing, f"the line is not {feed.encoding.upper()}"
        elif not line.strip():
            yield number, 1, 1, nothing, EMPTY
        elif (head := parsed(line)) is None:
            yield number, 1, 1, nothing, NO_OBJECT if line.endswith(("\n", "\r")) else CUT_OFF
        else:
            is_first = 1
            for item, fields, why in _rows(head, feed.rows, places):
                yield number, is_first, item, fields, why
                is_first = 0


def parsed(line: str) -> dict[str, Any] | None:
    """The line's object."""
    try:
        found = DECODER.decode(line.lstrip(BOM))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _places(feed: Table) -> Places:
    """By the contract's headers: those that begin with the array's name are of an item, the others of the head."""
    places = Places()
    for column in feed.columns:
        is_of_item = feed.is_of_item(column)
        key = column.source.removeprefix(f"{feed.rows}.") if is_of_item else column.source
        places.append((is_of_item, key, column.name))
    return places


def _rows(head: dict[str, Any], array: str, places: Places) -> Iterator[tuple[int, list[str | None], str | None]]:
    if not array:
        yield 1, *_fields(head, {}, places)
        return
    try:
        items = _reached(head, array)
    except TypeError:
        items = None
    if not isinstance(items, list):
        yield 1, _fields(head, {}, places)[0], f"{array} is missing, or no list"
    elif not items:
        yield 0, *_fields(head, {}, places)
    for number, item in enumerate(items if isinstance(items, list) else (), 1):
        if isinstance(item, dict):
            yield number, *_fields(head, item, places)
        else:
            yield number, _fields(head, {}, places)[0], f"an item of {array} is no object"


def _fields(head: dict[str, Any], item: dict[str, Any], places: Places) -> tuple[list[str | None], str | None]:
    """Values of the contract's columns, and the first that is no value."""
    fields, why = list[str | None](), None
    for is_of_item, key, name in places:
        within = item if is_of_item else head
        value = within.get(key)
        if type(value) is str and value.isascii():  # most are
            fields.append(value)
            continue
        try:
            fields.append(_text(_reached(within, key)))
        except TypeError:
            fields.append(None)
            why = why or f"{name} is no single value"
    return fields, why


def _reached(within: dict[str, Any], header: str) -> Any:
    """The value at a key, or at a path of keys through objects; null where a key is absent. TypeError: no object."""
    if header in within:
        return within[header]
    first, _, rest = header.partition(".")
    inner = within.get(first)
    if not rest or inner is None:
        return None
    if not isinstance(inner, dict):
        raise TypeError
    return _reached(inner, rest)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, bool):
        return None if value is None else str(value).lower()
    if not isinstance(value, str):
        raise TypeError
    return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
