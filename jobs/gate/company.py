"""Rows that others of their job decide of. Few are: most keys stand once, and most orders have no bad line. So rows are
staged each by itself; DuckDB finds in their keys which files hold the others, and these alone are staged again.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyspark.sql import SparkSession

import expectations
from expectations.contract import Table
from jobs import storage
from jobs.gate import flags
from jobs.lake import delta, files, sql
from jobs.lake.files import GOES, PUBLISHED, REJECTED
from jobs.lake.newest import replaced
from jobs.lake.superseded import FEED, of_feeds


def settle(spark: SparkSession, table: Table, folder: Path, nights: int) -> bool:
    """Stage again what others in ``folder`` decide of; is there any?"""
    found = files_in_company(table, folder, nights)
    if found:
        rows = flags.with_bad(table, delta.of_paths(spark, found, table.stored))
        files.write(table, flags.among_others(table, rows, nights), folder)
        for file in found:
            storage.remove(file)
    return bool(found)


def files_in_company(table: Table, folder: Path, nights: int) -> list[Path]:
    """Staged files with all rows of each order that a bad line rejects, each key that stands twice in a night, and each
    that a later one of ``nights`` replaces."""
    good, bad = (files.paths(folder / f"{GOES}={way}") for way in (PUBLISHED, REJECTED))
    found = set[str]()
    if not good:
        return []
    with sql.connect() as db:
        db.execute(f"create temp view good as from {sql.parquet(good)}")
        db.execute(f"create temp view bad as from {sql.parquet(bad or good)} where {'true' if bad else 'false'}")
        for columns, units in _units(table, nights):
            db.execute(f"create or replace temp table units as {units}")
            is_same = sql.alike(columns, (f"unit_{n}" for n in range(len(columns))))
            asked = f"select distinct filename from (from good union all by name from bad) semi join units on {is_same}"
            found |= {file for (file,) in db.execute(asked).fetchall()}
    return sorted(map(Path, found))


def _units(table: Table, nights: int) -> Iterator[tuple[list[str], str]]:
    """Columns, and the query of those of their values whose rows decide of one another."""
    feeds = expectations.feeds(table)
    of_feed = [FEED] * (len(feeds) > 1)
    yield _of([*table.key, *of_feed, "delivered_on"], "{} from good group by all having count(*) > 1")
    for feed in feeds:
        if feed.delivers == "changes" and nights > 1:
            later = f"{{}} from good where {of_feeds([feed])} group by all having min(delivered_on) < max(delivered_on)"
            yield _of([*replaced(table, feed), *of_feed], later)
    if table.whole and (wholes := [feed for feed in feeds if feed.whole]):
        dragged = f"{{}} from good where {of_feeds(wholes)} intersect {{}} from bad where {of_feeds(wholes)}"
        yield _of(["delivered_on", *of_feed, *table.whole], dragged)


def _of(columns: list[str], query: str) -> tuple[list[str], str]:
    named = "select " + ", ".join(f"{column} as unit_{n}" for n, column in enumerate(columns))
    return columns, query.replace("{}", named)
