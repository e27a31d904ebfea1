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
#: Of each column: is it of an item, and its key there.
Places = list[tuple[bool, str]]


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
            for item, fields, why in _rows(head, feed, places):
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
    of_item = [feed.is_of_item(column) for column in feed.columns]
    within = len(feed.rows) + 1
    return [
        (of, column.source[within:] if of else column.source) for of, column in zip(of_item, feed.columns, strict=True)
    ]


def _rows(head: dict[str, Any], feed: Table, places: Places) -> Iterator[tuple[int, list[str | None], str | None]]:
    if not feed.rows:
        yield 1, *_fields(head, {}, feed, places)
        return
    try:
        items = _reached(head, feed.rows)
    except TypeError:
        items = None
    if not isinstance(items, list):
        yield 1, _fields(head, {}, feed, places)[0], f"{feed.rows} is missing, or no list"
    elif not items:
        yield 0, *_fields(head, {}, feed, places)
    for number, item in enumerate(items if isinstance(items, list) else (), 1):
        if isinstance(item, dict):
            yield number, *_fields(head, item, feed, places)
        else:
            yield number, _fields(head, {}, feed, places)[0], f"an item of {feed.rows} is no object"


def _fields(
    head: dict[str, Any], item: dict[str, Any], feed: Table, places: Places
) -> tuple[list[str | None], str | None]:
    """Values of the contract's columns, and the first that is no value."""
    fields, why = list[str | None](), None
    for n, (is_of_item, key) in enumerate(places):
        within = item if is_of_item else head
        value = within.get(key)
        if type(value) is str and value.isascii():  # most are
            fields.append(value)
            continue
        try:
            fields.append(_text(_reached(within, key)))
        except TypeError:
            fields.append(None)
            why = why or f"{feed.columns[n].name} is no single value"
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
