"""Is a contract sound by itself, and with the others? What is misspelt is said in words before anything is read."""

from __future__ import annotations

import difflib
import typing
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache
from typing import Any, Literal

import expectations
from expectations.contract import LINEAGE, Table
from expectations.shared import READABLE


def faults() -> list[str]:
    """What is wrong in all contracts, a line each; none where all is well."""
    return [f"{table.name}: {fault}" for table in expectations.TABLES.values() for fault in _of(table)]


def _of(table: Table) -> Iterator[str]:
    for part in (table, *table.columns, *table.checks, table.numbers):
        yield from _unknown_words(part)
    names = {column.name for column in table.stored} | {column.name for column in LINEAGE}
    for word, given in (("key", table.key), ("whole", table.whole)):
        yield from _unknown(word, given, names)
    tables = set(expectations.TABLES)
    yield from _unknown("made_from", table.made_from, tables)
    yield from _unknown("totals", [total.table for total in table.totals], tables)
    yield from _unknown("references", [check.references[1] for check in table.checks if check.references], tables)
    for check in table.checks:
        if "\n" in check.description:
            yield f"check {check.description!r}: its description is more than a line"
    if table.layer == "bronze":
        yield from _of_feed(table)


def _of_feed(feed: Table) -> Iterator[str]:
    delivered = {
        table.name for table in expectations.TABLES.values() if table.layer == "silver" and not table.made_from
    }
    yield from _unknown("feeds", feed.feeds, delivered)
    if not feed.feeds:
        yield "feeds is empty: nothing would be made of it"
    if not feed.short.startswith(f"{feed.channel}_") or not feed.channel.isidentifier():
        yield f"its name is bronze.<channel>_<feed>, and its channel is {feed.channel!r}"
    if not feed.delivers:
        yield 'delivers is "changes" or "everything"'
    if any(column.fills for column in feed.columns) and not (feed.whole and feed.format == "csv"):
        yield "a column fills in the rows of a whole (whole=) of a CSV file"
    for check in feed.checks:
        if check.severity == "reject" and check != READABLE:
            yield f"check {check.description!r} rejects: say it of a column, or in the table that the feed feeds"
    yield from _of_personal(feed)
    fed = [feed, *(expectations.TABLES[name] for name in feed.feeds if name in expectations.TABLES)]
    yield from _unknown("allowed", feed.allowed, {rule.name for table in fed for rule in table.rules})


def _of_personal(feed: Table) -> Iterator[str]:
    for column in feed.columns:
        if (column.personal == "direct") != bool(column.holds):
            yield f"{column.name}: what is direct says what it holds, and nothing else does"
        if column.is_hidden and (column.type != "string" or column.name in (*feed.key, *feed.whole)):
            yield f"{column.name}: what is direct is hidden behind a token: it is a string, and no part of a key"
        if column.holds == "phone" and not feed.regions:
            yield f"{column.name}: regions says of which countries telephone numbers without a country code are"


def _unknown(word: str, given: Iterable[str], known: set[str]) -> Iterator[str]:
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0)
            yield f"{word} names {name!r}, which is not there" + f"; is it {near[0]!r}?" * bool(near)


def _unknown_words(part: Any) -> Iterator[str]:
    """Values that are none of those which a word of the contract may take."""
    kind: Any = type(part)
    for name, allowed in _choices(kind).items():
        value = getattr(part, name)
        if value not in allowed:
            of = "" if isinstance(part, Table) else f"{getattr(part, 'name', type(part).__name__)}: "
            yield f"{of}{name} is {value!r}; it may be {', '.join(repr(one) for one in allowed if one)}"


@cache
def _choices(kind: Any) -> dict[str, tuple[str, ...]]:
    hints = typing.get_type_hints(kind)
    named = {field.name: hints[field.name] for field in fields(kind)}
    return {name: typing.get_args(hint) for name, hint in named.items() if typing.get_origin(hint) is Literal}
