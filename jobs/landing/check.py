"""How a run would read a file, in seconds: no Spark, no lake, no value shown.

python -m jobs.landing.check export.csv web_sales     header, broken lines, money, as the feed's contract reads them
python -m jobs.landing.check export.csv               proposes a contract to edit

Exit codes: 0 all is read; 1 some lines would be rejected; 2 usage, or a contract that is not sound.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

import expectations
from expectations import sound
from expectations.contract import Table
from expectations.shared import READABLE, SUPERSEDED
from jobs.landing import guessing, orders_of_file, proposing
from jobs.landing.batches import batches
from jobs.landing.listing import LandingFile, look_at
from jobs.landing.text import ContractError, encoding
from jobs.session import Settings

SHOWN = 3  # lines named of each reason


@dataclass
class Found:
    """What was read of a file: rows, the first lines of each reason, sums by column."""

    rows: int = 0
    why: Counter[str] = field(default_factory=Counter)
    repeated: Counter[str] = field(default_factory=Counter)
    odd: Counter[str] = field(default_factory=Counter)
    lines: dict[str, list[int]] = field(default_factory=dict)
    money: dict[str, Decimal] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)  # columns with a value somewhere

    def add(self, batch: pa.RecordBatch, feed: Table) -> None:
        """Count a batch; only what would be published is money."""
        self.rows += batch.num_rows
        for name in ("why", "warning"):
            for line, reason in zip(*(batch.column(of).to_pylist() for of in ("line", name)), strict=True):
                if reason:
                    why = self.repeated if reason == SUPERSEDED else self.why
                    counted = why if name == "why" else self.odd
                    counted[reason] += 1
                    self.lines.setdefault(reason, []).extend([line] * (counted[reason] <= SHOWN))
        good = batch.filter(pc.is_null(batch.column("why")))
        for column in feed.columns:
            self.filled.update([column.source] * (good.column(column.name).null_count < good.num_rows))
            if column.type.startswith("decimal("):
                of_batch = pc.sum(good.column(column.name)).as_py() or Decimal(0)
                self.money[column.name] = self.money.get(column.name, Decimal(0)) + of_batch


def check(path: Path, feed: Table, zone: str) -> tuple[LandingFile, Found]:
    """The file as a run would read it."""
    file, found = look_at(path, path.name, date.min, feed), Found()
    for batch in orders_of_file.of_file(file, feed, zone) if feed.whole else batches(file, feed, zone):
        found.add(batch, feed)
    return file, found


def told(file: LandingFile, found: Found, feed: Table) -> Iterator[str]:
    """The report, line by line."""
    yield f"{file.name} as {feed.name} reads it"
    yield f"encoding   {_encoding(file.path, feed)}"
    if feed.format == "csv":
        yield f"delimiter  {_delimiter(file, feed)}"
        yield f"header     {_header(file, feed)}"
    rejected, repeated, odd = found.why.total(), found.repeated.total(), found.odd.total()
    read = f"{found.rows - rejected - repeated:,} read, {rejected:,} rejected"
    yield f"rows       {found.rows:,}: {read}, {repeated:,} repeated, {odd:,} odd"
    for kind, counted in (("rejected", found.why), ("repeated", found.repeated), ("odd", found.odd)):
        for reason, count in counted.most_common():
            first = ", ".join(map(str, found.lines[reason])) + ", ..." * (count > SHOWN)
            yield f"{kind:<10} {reason}: {count:,} (line {first})"
    empty = [column.source for column in feed.columns if column.source not in found.filled]
    if empty and found.filled:
        yield f"empty      in all rows: {', '.join(empty)}"
    for column, money in found.money.items():
        yield f"sum        {column} {money:,}"
    readable = [rule for rule in feed.rules if rule.name == READABLE.description]
    allowed = max((expectations.bar(feed, rule, feed.channel) for rule in readable), default=1.0)
    if rejected > allowed * found.rows:
        share = f"{rejected / found.rows:.1%} of rows cannot be read, allowed are {allowed:.1%}"
        yield f"so         the night of this feed would stop: {share}"


def _encoding(path: Path, feed: Table) -> str:
    looks = guessing.shape(path).encoding
    if not guessing.fits(path, encoding(feed)):
        return f"is not {feed.encoding}, as the contract says; it looks like {looks}"
    # any bytes are cp1252, so a file in another encoding is read without a word
    is_other = looks == "utf-8" and encoding(feed) != "utf-8-sig" and not guessing.sample(path).isascii()
    return f"{feed.encoding}, as the contract says" + "; but it looks like utf-8" * is_other


def _delimiter(file: LandingFile, feed: Table) -> str:
    seen = guessing.shape(file.path).delimiter
    if len(file.header) > 1 or len(feed.columns) == 1 or seen == feed.delimiter:
        return f"{feed.delimiter!r}, as the contract says"
    return f"is not {feed.delimiter!r}, as the contract says; it looks like {seen!r}"


def _header(file: LandingFile, feed: Table) -> str:
    has = sum(column.source in file.header for column in feed.columns)
    if not has:  # its words may be a customer's
        return "the first line names none of the contract's columns: has the file a header?"
    others = f"; left out: {', '.join(file.unknown_columns)}" if file.unknown_columns else ""
    return f"{has} of the contract's {len(feed.columns)} columns{others}"


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("feed", nargs="?", default="", help="a bronze table, such as store_sales")
    asked = parser.parse_args(words)
    feeds = {table.short: table for table in expectations.TABLES.values() if table.layer == "bronze"}
    if not asked.file.is_file():
        parser.error(f"there is no file {asked.file}")
    if not asked.feed:
        print(proposing.contract(asked.file), end="")
        return 0
    if faults := sound.faults():
        parser.error("\n".join(faults))
    feed = feeds.get(asked.feed.removeprefix("bronze."))
    if not feed:
        parser.error(f"there is no feed {asked.feed}; there are {', '.join(feeds)}")
    try:
        file, found = check(asked.file, feed, Settings(landing=asked.file.resolve().parent).timezone)
    except ContractError as error:
        parser.error(str(error))
    print("\n".join(told(file, found, feed)))
    return 1 if found.why else 0


if __name__ == "__main__":
    sys.exit(main())
