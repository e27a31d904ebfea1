"""JSON lines -> records: one object a line; with ``rows`` each item of its array is one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from expectations.contract import Table
from jobs.landing.csv_records import CUT_OFF, EMPTY, Record
from jobs.landing.text import BOM, MARK

NO_OBJECT = "the line is no JSON object"


def records(text: Iterable[str], feed: Table) -> Iterator[Record]:
    """Rows of the file, their fields in the order of the contract's columns; the line counts at its first item. Of an
    empty array the row is the head alone, item 0."""
    nothing = [None] * len(feed.columns)
    for number, line in enumerate(text, 1):
        if MARK in line:
            yield number, 1, 1, nothing, f"the line is not {feed.encoding.upper()}"
        elif not line.strip():
            yield number, 1, 1, nothing, EMPTY
        elif (head := parsed(line)) is None:
            yield number, 1, 1, nothing, NO_OBJECT if line.endswith(("\n", "\r")) else CUT_OFF
        else:
            is_first = 1
            for item, fields, why in _rows(head, feed):
                yield number, is_first, item, fields, why
                is_first = 0


def parsed(line: str) -> dict[str, Any] | None:
    """The line's object. Numbers stay text as they were written; NaN, which Python writes for nothing, is null."""
    try:
        found = json.loads(
            line.lstrip(BOM),
            parse_float=str,
            parse_int=str,
            parse_constant=lambda name: None if name == "NaN" else name,
        )
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _rows(head: dict[str, Any], feed: Table) -> Iterator[tuple[int, list[str | None], str | None]]:
    if not feed.rows:
        yield 1, *_fields(head, {}, feed)
        return
    try:
        items = _reached(head, feed.rows)
    except TypeError:
        items = None
    if not isinstance(items, list):
        yield 1, _fields(head, {}, feed)[0], f"{feed.rows} is missing, or no list"
    elif not items:
        yield 0, *_fields(head, {}, feed)
    for number, item in enumerate(items if isinstance(items, list) else (), 1):
        if isinstance(item, dict):
            yield number, *_fields(head, item, feed)
        else:
            yield number, _fields(head, {}, feed)[0], f"an item of {feed.rows} is no object"


def _fields(head: dict[str, Any], item: dict[str, Any], feed: Table) -> tuple[list[str | None], str | None]:
    """Values by the contract's headers: those that begin with the array's name from the item, the others from the head;
    and the first that is no value."""
    fields, why = [], None
    for column in feed.columns:
        try:
            value = (
                _reached(item, column.source[len(feed.rows) + 1 :])
                if feed.is_of_item(column)
                else _reached(head, column.source)
            )
            fields.append(_text(value))
        except TypeError:
            fields.append(None)
            why = why or f"{column.name} is no single value"
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
