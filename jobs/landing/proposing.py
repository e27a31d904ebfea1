"""A contract proposed from a file, to be edited: types, formats, keys that hold, columns that look personal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from expectations.contract import Column, Numbers, Table
from jobs.landing import guessing, jsonl_records, text
from jobs.landing.batches import batches
from jobs.landing.columns_seen import Seen, column_line, keys, short_name
from jobs.landing.listing import look_at

CONTRACT = '''"""Say in one line what this file is. (Proposed from {rows:,} rows: look at every line of it.)

Keys that hold in them: {keys}.
"""

from expectations.contract import Column,{numbers} Table
from expectations.shared import ODD, READABLE

{short} = Table(
    name="bronze.{short}",
    description="Say what a reader must know of it.",
    grain="one row per {grain} of a delivered file",
    owner="say who",
    key=("file", "line", "item"),
    write="delivery",
    channel="shop",
    feeds=(),  # the tables that it feeds, such as "silver.order_lines"
    delivers="changes",
{words}    columns=(
{columns}
    ),
    checks=(READABLE, ODD),
)
'''


def contract(path: Path) -> str:
    """Python text of a contract by which the file's beginning is read."""
    shape = guessing.shape(path)
    bare = Table("bronze.shop", "", "", "", (), "delivery", (), **vars(shape))
    rows, headers = _paths(path, bare) if shape.format == "jsonl" else ("", _headers(path, bare))
    columns = tuple(Column(f"c{n}", "string", "", header=header) for n, header in enumerate(headers))
    feed = Table("bronze.shop", "", "", "", (), "delivery", columns, rows=rows, **vars(shape))
    batch = next(batches(look_at(path, path.name, date.min, feed), feed, "UTC"), None)
    texts = [batch.column(column.name).to_pylist() if batch else [] for column in columns]
    seen = [Seen(header, of) for header, of in zip(headers, texts, strict=True)]
    numbers = guessing.number_words([column.different for column in seen if not column.is_id])
    short = "shop_" + (short_name(path.name.partition(".")[0]) or "sales")
    return CONTRACT.format(
        rows=len(texts[0]) if texts else 0,
        keys="; ".join(" and ".join(key) for key in keys(seen)) or "none",
        short=short,
        numbers=" Numbers," * (numbers != Numbers()),
        grain=f"item of {rows}" if rows else "line",
        words="".join(f"    {name}={value},\n" for name, value in _words(feed, numbers, seen)),
        columns="\n".join(f"        {column_line(column, n, numbers)}" for n, column in enumerate(seen, 1)),
    )


def _words(feed: Table, numbers: Numbers, seen: list[Seen]) -> Iterator[tuple[str, str]]:
    """How the file is written, where it is not written as usual."""
    usual = {"format": "csv", "encoding": "utf-8", "delimiter": ",", "rows": ""}
    yield from ((word, json.dumps(given)) for word, was in usual.items() if (given := getattr(feed, word)) != was)
    if numbers != Numbers():
        unlike = {word: given for word, given in vars(numbers).items() if given != getattr(Numbers(), word)}
        yield "numbers", f"Numbers({', '.join(f'{word}={_quoted(given)}' for word, given in unlike.items())})"
    if nothing := {one.strip() for column in seen for one in column.texts if one} & set(guessing.NOTHING):
        yield "nulls", _quoted(tuple(sorted(nothing)))


def _quoted(value: str | tuple[str, ...]) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return f"({', '.join(map(_quoted, value))},)"


def _headers(path: Path, feed: Table) -> list[str]:
    header = look_at(path, path.name, date.min, feed).header
    return [name for name in header if name and header.count(name) == 1]


def _paths(path: Path, feed: Table) -> tuple[str, list[str]]:
    """The array of objects that holds the rows, if any, and the paths to all values."""
    with text.opened(path, feed, "\n") as lines:
        objects = [found for line in islice(lines, 1000) if (found := jsonl_records.parsed(line))]
    heads, items = dict[str, int](), dict[str, int]()
    rows = ""

    def walk(value: dict[str, Any], before: str, found: dict[str, int]) -> None:
        nonlocal rows
        for key, inner in value.items():
            if isinstance(inner, dict):
                walk(inner, f"{before}{key}.", found)
            elif isinstance(inner, list) and inner and isinstance(inner[0], dict) and rows in ("", f"{before}{key}"):
                rows = f"{before}{key}"
                for item in inner:
                    walk(item, f"{rows}.", items)
            elif not isinstance(inner, list):
                found[f"{before}{key}"] = 0

    for found in objects:
        walk(found, "", heads)
    paths = [*heads, *items]  # an object may be null in some lines: then its name alone is no value
    return rows, [path for path in paths if not any(other.startswith(f"{path}.") for other in paths)]
