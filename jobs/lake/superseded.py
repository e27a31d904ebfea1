"""Which rows a later delivery replaces. They are marked when it comes, so that whoever reads has only to filter.

Most nights replace nothing; which months they do replace something in, DuckDB finds in the keys alone. Only these
months are written again.
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


@dataclass(frozen=True)
class Met:
    """``months`` of a table that hold other nights' rows of what some deliveries hold, or held before they came again.
    ``units``: of each way to replace (key, or whole) a parquet file of what these deliveries hold."""

    months: frozenset[str]
    units: dict[tuple[str, ...], Path]


def met(table: Table, new: Sequence[Path], held: Sequence[str], deliveries: Iterable[Delivery], folder: Path) -> Met:
    """What ``deliveries`` meet: their rows are those of ``new`` files, and those that they ``held`` in the table's own
    before. ``folder``: for what is found."""
    of, months, units = in_deliveries("delivered_on", deliveries), set[str](), dict[tuple[str, ...], Path]()
    storage.make_folder(folder)
    with sql.connect() as db:
        for n, unit in enumerate(_units(table)):
            units[unit], columns = folder / f"units-{n}.parquet", ", ".join(unit)
            every = [f"select {columns} from {sql.parquet(files)} where {of}" for files in (new, held) if files]
            db.execute(f"copy (select distinct * from ({' union all '.join(every)})) to '{units[unit]}'")
            if held:
                is_same = " and ".join(f"held.{name} is not distinct from asked.{name}" for name in unit)
                others = f"select {columns}, filename from {sql.parquet(held)} where not ({of})"
                asked = f"select distinct filename from ({others}) held semi join '{units[unit]}' asked on {is_same}"
                months |= {Path(file).parent.name.partition("=")[2] for (file,) in db.execute(asked).fetchall()}
    return Met(frozenset(months), units)


def marked(spark: SparkSession, table: Table, rows: DataFrame, of: Met) -> DataFrame:
    """``rows``, among which are all of what was met, marked anew where they are of it."""
    for n, (unit, file) in enumerate(of.units.items()):
        asked = spark.read.parquet(str(file)).select(*(F.col(name).alias(f"_{n}_{name}") for name in unit))
        is_same = [F.col(name).eqNullSafe(F.col(f"_{n}_{name}")) for name in unit]
        asked = asked.withColumn(f"_is_met_{n}", F.lit(True))
        rows = rows.join(asked, reduce(lambda one, other: one & other, is_same), "left")
    is_met = F.coalesce(*(F.col(f"_is_met_{n}") for n in range(len(of.units))), F.lit(False))
    mark = F.when(is_met, next_night(table)).otherwise(F.col(SUPERSEDED_ON.name))
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


def _units(table: Table) -> list[tuple[str, ...]]:
    """What later nights replace in ``table``, as columns."""
    return sorted({replaced(table, feed) for feed in expectations.feeds(table) if feed.delivers == "changes"})
