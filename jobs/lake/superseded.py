"""Which rows a later delivery replaces. They are marked when it comes, so that whoever reads has only to filter.

Most nights replace nothing, and others what came a little before. DuckDB finds in the keys alone which months have rows
that are to be marked anew; only these months are written again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from pyspark.sql import Column as C
from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as F

import expectations
from expectations.contract import SUPERSEDED_ON, Table
from jobs import storage
from jobs.lake import sql
from jobs.lake.files import MONTH
from jobs.lake.ledger import in_deliveries
from jobs.lake.newest import replaced
from jobs.lake.report import Delivery

AFTER = (1, Window.unboundedFollowing)
FEED = "regexp_extract(file, '^[^/]*/[^/]*')"  # in DuckDB
Unit = tuple[str, ...]


@dataclass(frozen=True)
class Met:
    """``months`` with rows to be marked anew. ``marks``: of each way to replace (key, or whole) a parquet file of what
    some deliveries hold, or held before they came again: the nights on which it came, and of each the ``next_on``."""

    months: frozenset[str]
    marks: dict[Unit, Path]


def met(table: Table, new: Sequence[Path], held: Sequence[str], deliveries: Iterable[Delivery], folder: Path) -> Met:
    """What ``deliveries`` meet: their rows are those of ``new`` files, and those that they ``held`` in the table's own
    before. ``folder``: for what is found."""
    of, months, marks = in_deliveries("delivered_on", deliveries), set[str](), dict[Unit, Path]()
    storage.make_folder(folder)
    with sql.connect() as db:
        for n, (unit, feeds) in enumerate(_units(table).items()):
            marks[unit], by = folder / f"marks-{n}.parquet", ", ".join((*unit, "feed"))
            here, there = f"({of}) and {of_feeds(feeds)}", f"not ({of}) and {of_feeds(feeds)}"
            asked = [
                f"select {', '.join(unit)} from {sql.parquet(files)} where {here}" for files in (new, held) if files
            ]
            db.execute(f"create or replace temp table asked as select distinct * from ({' union all '.join(asked)})")
            told = f"select {', '.join(unit)}, {FEED} as feed, delivered_on, superseded_on, filename"
            came = [f"{told} from {sql.parquet(new)} where {here}"] * bool(new)
            came += [
                f"{told} from {sql.parquet(held)} came semi join asked on {_same(unit, 'asked')} where {there}"
            ] * bool(held)
            db.execute(f"create or replace temp table came as {' union all '.join(came)}")
            db.execute(f"""
                create or replace temp table marks as
                select *, lead(delivered_on) over (partition by {by} order by delivered_on) as next_on
                from (select distinct {by}, delivered_on from came)""")
            db.execute(f"copy marks to '{marks[unit]}'")
            wrong = f"""
                select distinct filename from came join marks on {_same((*unit, "feed", "delivered_on"), "marks")}
                where superseded_on is distinct from next_on"""
            months |= {Path(file).parent.name.partition("=")[2] for (file,) in db.execute(wrong).fetchall()}
    return Met(frozenset(months), marks)


def marked(spark: SparkSession, table: Table, rows: DataFrame, of: Met) -> DataFrame:
    """``rows`` with the marks of what was met; the others keep theirs."""
    mark: C = F.col(SUPERSEDED_ON.name)
    for n, (unit, file) in enumerate(of.marks.items()):
        by, is_met = (*unit, "feed", "delivered_on"), f"_{n}_is_met"
        found = spark.read.parquet(str(file)).withColumn(is_met, F.lit(True))
        found = found.withColumnsRenamed({name: f"_{n}_{name}" for name in (*by, "next_on")})
        here = [F.col(name) if name != "feed" else F.substring_index("file", "/", 2) for name in by]
        is_same = [one.eqNullSafe(F.col(f"_{n}_{name}")) for one, name in zip(here, by, strict=True)]
        rows = rows.join(found, reduce(lambda one, other: one & other, is_same), "left")
        mark = F.when(F.col(is_met), F.col(f"_{n}_next_on")).otherwise(mark)
    names = [*(column.name for column in table.stored), MONTH.name]
    return rows.withColumn(SUPERSEDED_ON.name, mark).select(*names)


def next_night(table: Table, alike: Sequence[str] = ()) -> C:
    """The next night that replaces a row, of those in the frame that are ``alike``; null where none does, and where a
    delivery replaces everything."""
    found = F.lit(None).cast("date")
    for feed in expectations.feeds(table):
        if feed.delivers == "changes":
            same = Window.partitionBy(*replaced(table, feed), *feed_of(table), *alike)
            night = F.min("delivered_on").over(same.orderBy(F.unix_date("delivered_on")).rangeBetween(*AFTER))
            found = F.when(is_of([feed]), night).otherwise(found)
    return found


def feed_of(table: Table) -> list[C]:
    """What tells the feeds of a table apart: two shops' rows never replace each other."""
    return [F.substring_index("file", "/", 2)] * (len(expectations.feeds(table)) > 1)


def is_of(feeds: Iterable[Table]) -> C:
    """The row came from one of ``feeds``."""
    return F.substring_index("file", "/", 2).isin([feed.folder for feed in feeds])


def of_feeds(feeds: Iterable[Table]) -> str:
    """The same, in DuckDB."""
    return "(" + " or ".join(f"file like {sql.quoted(f'{feed.folder}/%')}" for feed in feeds) + ")"


def _same(names: Unit, other: str) -> str:
    return sql.alike((f"came.{name}" for name in names), (f"{other}.{name}" for name in names))


def _units(table: Table) -> dict[Unit, list[Table]]:
    """What later nights replace in ``table``, as columns, and the feeds whose nights do."""
    found = dict[Unit, list[Table]]()
    for feed in expectations.feeds(table):
        if feed.delivers == "changes":
            found.setdefault(replaced(table, feed), []).append(feed)
    return found
