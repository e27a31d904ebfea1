"""Tables as they were known at other days than the run's: what models learn from, made aside once a run."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

import expectations
from expectations.contract import Table
from jobs import storage
from jobs.lake import delta
from jobs.lake.ledger import in_nights
from jobs.lake.past import touched_since
from jobs.lake.touched import Touched
from jobs.night.state import State
from jobs.night.table_as_of import table_as_of
from jobs.session import Settings

#: What several tables or a model are made from: what one other table alone needs is made with that.
SHARED = {
    name
    for name in expectations.TABLES
    if sum(name in table.made_from for table in expectations.TABLES.values()) > 1
    or any(name in model.made_from for model in expectations.MODELS.values())
}


@dataclass
class AsKnown:
    """``source``: a table as known at the run's own day; ``staging``: where what is made lies."""

    spark: SparkSession
    settings: Settings
    state: State
    staging: Path
    source: Callable[[str], DataFrame]
    made: dict[tuple[str, date, date | None], DataFrame] = field(default_factory=dict)
    since: dict[tuple[str, date], Touched] = field(default_factory=dict)
    locks: dict[object, threading.RLock] = field(default_factory=dict)

    def __call__(self, name: str, day: date, cut: date | None = None) -> DataFrame:
        """A table as known at ``day``, of who was whom at ``cut``; what is kept or lives in a run alone is made anew,
        once a run. Models ask for several days side by side."""
        return table_as_of(self.spark, self.settings, name, day, cut, partial(self._aside, cut))

    def _aside(self, cut: date | None, name: str, day: date, make: Callable[[], DataFrame]) -> DataFrame:
        table, is_current = expectations.TABLES[name], False
        if table.write == "kept":
            cut, is_current = None, not self.state.is_newer(table)  # it knows no customers
            if is_current and day == self.state.as_of:
                return self.source(name)
        elif day == self.state.as_of == (cut or day) and self._is_staged(table):
            return self.source(name)
        elif name not in SHARED or (cut and day != cut):  # labels are looked at once
            return make()
        what = (name, day, cut)
        with self.locks.setdefault(what, threading.RLock()):
            if what not in self.made:
                unwound = self._unwound(table, day) if is_current else None
                self.made[what] = self._written(what, make()) if unwound is None else unwound
            return self.made[what]

    def _is_staged(self, table: Table) -> bool:
        """This run has made it: what asks waits for it."""
        return table.write == "run" and storage.is_folder(self.staging / table.name)

    def _written(self, what: tuple[object, ...], frame: DataFrame) -> DataFrame:
        folder = str(self.staging / " ".join(str(part) for part in what if part))
        frame.write.parquet(folder)
        return self.spark.read.schema(frame.schema).parquet(folder)

    def _unwound(self, table: Table, day: date) -> DataFrame | None:
        """What is kept now, and the days touched since as they were, which alone are written; None where all days may
        be other ones."""
        [whole] = {step.whole for name in table.made_from if (step := expectations.TABLES[name]).whole} or {()}
        since = self._since(table, whole, day)
        now = self.source(table.name).where(F.col("ordered_on") <= F.lit(day))
        if not since.days:
            return now if since.days is not None else None

        def read(spark: SparkSession, lake: Path, source: Table, at: date) -> DataFrame:
            known = delta.known(lake, source, at)
            if source.name in since.files:
                known = replace(known, files=since.files[source.name], of_orders=(since.orders, whole))
            return known.frame(spark)

        is_touched = in_nights("ordered_on", since.days)
        then = table_as_of(self.spark, self.settings, table.name, day, read=read).where(is_touched)
        return now.where(f"not {is_touched}").union(self._written((table.name, day, "touched since"), then))

    def _since(self, table: Table, whole: tuple[str, ...], day: date) -> Touched:
        what = (" ".join(expectations.origins(table)), day)
        with self.locks.setdefault(what, threading.RLock()):
            if what not in self.since:
                folder = self.staging / f"since {day} {len(self.since)}"
                asked = self.settings.lake, table, whole, day, self.state.as_of, folder
                self.since[what] = touched_since(*asked) if whole else Touched("it is of no whole")
            return self.since[what]
