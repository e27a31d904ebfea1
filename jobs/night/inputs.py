"""What a job is given: files, deliveries or tables as known, steps that tables share, champions."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

import expectations
from expectations.contract import LINES, Table
from jobs.lake import delta, files
from jobs.lake.delta import Known
from jobs.lake.ledger import in_nights
from jobs.lake.touched import Touched, touched
from jobs.landing import reading
from jobs.night import size, wiring
from jobs.night.as_known import AsKnown
from jobs.night.state import State
from jobs.night.step import Step
from jobs.night.training import Models
from jobs.session import Settings
from jobs.vault import stored
from jobs.vault.in_clear import in_clear


@dataclass
class Inputs:
    """What the ``tables`` of a run share. ``shared``: frames by table; ``staging``: where they lie."""

    spark: SparkSession
    settings: Settings
    state: State
    staging: Path
    say: Callable[[str, str], None]
    tables: list[Table]
    is_full: bool = False
    shared: dict[str, DataFrame] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def lake(self) -> Path:
        return self.settings.lake

    @property
    def as_known(self) -> AsKnown:
        with self.lock:  # threads that meet at a cached_property make it twice, from Python 3.12 on
            return self._as_known

    @property
    def models(self) -> Models:
        with self.lock:
            return self._models

    @cached_property
    def _as_known(self) -> AsKnown:
        """Many questions about days of before: they are planned by what is kept, not by what came tonight."""
        session = size.beside(self.spark, size.of_tables(self.lake, ("kept", "state")))
        source = cache(lambda name: self.rows(name).frame(session))
        return AsKnown(session, self.settings, self.state, self.staging, source)

    @cached_property
    def _models(self) -> Models:
        return Models(self.state, self.settings, self._as_known)

    @cached_property
    def touched(self) -> Touched:
        """Days of the kept tables that this run makes again; asked for first by the step that they share."""
        kept = [table for table in self.tables if table.write == "kept"]
        asked = [table for table in kept if self.state.digest_of_sources(table) != self.state.digest(table.name)]
        [whole] = {step.whole for step in self.tables if step.write == "run" and step.whole}
        found = (
            Touched("rebuilt in full")
            if self.is_full
            else touched(self.lake, asked, whole, self.state.as_of, self.staging / "touched")
        )
        if found.days is None:
            size.fit(self.spark, size.of_tables(self.lake, ("delivery",)))
        self.say("kept sums", found.why if found.days is not None else f"all days are made: {found.why}")
        return found

    def frame(self, step: Step) -> DataFrame:
        """The job's rows, in the contract's order."""
        table, frames = step.table, dict[str, DataFrame]()
        if table.layer == "bronze":
            of_vault = stored.known_names(self.lake), stored.former_tokens(self.lake)
            of_step = list(step.files), table, self.settings.keys, self.sealed(table)
            read = reading.read(self.spark, *of_step, *of_vault)
            if not step.gone:
                return read
            kept = delta.of_files(self.spark, self.lake, table, step.gone).withColumn(LINES.name, F.lit(0))
            return read.unionByName(kept)
        for feed in expectations.feeds(table):
            if nights := {delivery.night for delivery in step.deliveries if delivery.channel == feed.channel}:
                frames[feed.name] = delta.delivered(self.spark, self.lake, feed, nights)
        for name in table.made_from:
            is_state, source = table.write == "state", expectations.TABLES[name]
            frames[name] = (
                delta.versions(self.spark, self.lake, source, step.deliveries) if is_state else self.of(table, name)
            )
        if table.write == "state":
            frames[table.name] = delta.read(self.spark, self.lake, table, date.max)
        champions = {model: champion for model in table.uses if (champion := self.models.champion(model))}
        if len(champions) < len(table.uses):
            self.say(table.name, f"no {' or '.join(table.uses)} was promoted by {self.state.as_of}")
            if wiring.needs_champions(table):
                return delta.empty(self.spark, table)
        made = wiring.make(table, self._opened(table, frames) | self._before(table), self.state.as_of, champions)
        for model in expectations.used([table]):
            if allowed := self.models.allowing(model, self.state.as_of):
                made = made.join(allowed, "customer_id", "leftsemi")
            elif model.purpose:
                self.say(table.name, f"no consents came to this lake: everybody is scored for {model.purpose}")
        return made.where(self._on_days()) if table.write == "kept" else made

    def _opened(self, table: Table, frames: dict[str, DataFrame]) -> dict[str, DataFrame | pa.Table]:
        if not table.opens:
            return {**frames}
        return {name: in_clear(frame, self.lake, self.settings.keys) for name, frame in frames.items()}

    def _before(self, table: Table) -> dict[str, DataFrame]:
        """What the job looks at of the newest night before, where there was one."""
        nights = {name: self.state.before(name) or date.min for name in wiring.before(table)}
        return {
            f"{name}{wiring.BEFORE}": delta.read(self.spark, self.lake, expectations.TABLES[name], night)
            for name, night in nights.items()
        }

    def sealed(self, feed: Table) -> Path:
        """Where the personal values of a feed lie until the vault has them."""
        return self.staging / f"{feed.name} sealed"

    def of(self, table: Table, name: str) -> DataFrame:
        """What ``table`` looks at of a source."""
        looks_at_some = self._touched_of(table, name)
        return looks_at_some.frame(self.spark) if looks_at_some else self.source(name)

    def _touched_of(self, table: Table, name: str) -> Known | None:
        """Of a step that is made of whole orders: those of its source that tonight touched."""
        source = expectations.TABLES[name]
        has_orders = bool(table.whole) and set(table.whole) <= {column.name for column in source.columns}
        if table.write != "run" or not has_orders or self.touched.days is None:
            return None
        found = self.touched.files.get(name, [])
        of_orders = (self.touched.orders, table.whole) if found else None
        return replace(delta.known(self.lake, source, self.state.as_of), files=found, of_orders=of_orders)

    def _on_days(self) -> str:
        days = self.touched.days
        return "true" if days is None else in_nights("ordered_on", days)

    def source(self, name: str) -> DataFrame:
        """A table as known at ``as_of``: a shared step of this run, from the lake, or made aside."""
        with self.lock:
            if name not in self.shared:
                self.shared[name] = self.rows(name).frame(self.spark)
            return self.shared[name]

    def rows(self, name: str) -> Known:
        """The same, as files."""
        table, day = expectations.TABLES[name], self.state.as_of
        if table.write == "run":
            return Known(table, files.paths(self.staging / name))
        if self.state.is_newer(table):
            self.as_known(name, day)
            return Known(table, files.paths(self.staging / f"{name} {day}"))
        return delta.known(self.lake, table, day)

    def known(self, table: Table) -> dict[str, DataFrame]:
        checks = [check for check in table.checks if check.references]
        return {
            check.reference_flag: self.source(check.references[1]).select(F.col(check.references[0]).alias("value"))
            for check in checks
            if check.references
        }

    def totals(self, table: Table) -> dict[str, str]:
        """Conditions on the whole table, the sums of the other tables put in; each other table is read once."""
        found: dict[str, str] = {}
        for name in dict.fromkeys(total.table for total in table.totals):
            totals = [total for total in table.totals if total.table == name]
            rows = self._touched_of(table, name) or self.rows(name)
            rows = rows.where(self._on_days()) if table.write == "kept" else rows
            there = rows.sums([f"coalesce({total.there}, 0)" for total in totals])
            found |= {t.description: f"coalesce({t.here}, 0) = {sum_}" for t, sum_ in zip(totals, there, strict=True)}
        return found
