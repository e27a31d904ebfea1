"""What a job is given: files, deliveries or tables as known, steps that tables share, champions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

import expectations
from expectations.contract import LINES, Table
from jobs.lake import delta
from jobs.landing import reading
from jobs.night import wiring
from jobs.night.state import State
from jobs.night.step import Step
from jobs.night.training import Models


@dataclass
class Inputs:
    """What the tables of a run share. ``shared``: steps of this run by name; ``staging``: where they lie."""

    spark: SparkSession
    lake: Path
    state: State
    staging: Path
    say: Callable[[str, str], None]
    shared: dict[str, DataFrame] = field(default_factory=dict)

    @cached_property
    def models(self) -> Models:
        return Models(self.spark, self.lake, self.state, self.staging, self.source)

    def frame(self, step: Step) -> DataFrame:
        """The job's rows, in the contract's order."""
        table, frames = step.table, dict[str, DataFrame]()
        if table.layer == "bronze":
            read = reading.read(self.spark, list(step.files), table)
            if not step.gone:
                return read
            kept = delta.of_files(self.spark, self.lake, table, step.gone).withColumn(LINES.name, F.lit(0))
            return read.unionByName(kept)
        for feed in expectations.feeds(table):
            nights = {delivery.night for delivery in step.deliveries if delivery.channel == feed.channel}
            frames[feed.name] = delta.delivered(self.spark, self.lake, feed, nights)
        for name in table.made_from:
            source = expectations.TABLES[name]
            is_state = table.write == "state"
            frames[name] = (
                delta.versions(self.spark, self.lake, source, step.deliveries) if is_state else self.source(name)
            )
        if table.write == "state":
            frames[table.name] = delta.read(self.spark, self.lake, table, date.max)
        champions = {model: champion for model in table.uses if (champion := self.models.champion(model))}
        if len(champions) < len(table.uses):
            self.say(table.name, f"empty: no {' or '.join(table.uses)} was promoted by {self.state.as_of}")
            return delta.empty(self.spark, table)
        return wiring.make(table, frames, self.state.as_of, champions)

    def source(self, name: str) -> DataFrame:
        """A table as known at ``as_of``: a shared step of this run, or from the lake."""
        if name in self.shared:
            return self.shared[name]
        return delta.read(self.spark, self.lake, expectations.TABLES[name], self.state.as_of)

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
            sums = [F.expr(f"coalesce({total.there}, 0)") for total in totals]
            there = self.source(name).agg(*sums).collect()[0]
            found |= {t.description: f"coalesce({t.here}, 0) = {sum_}" for t, sum_ in zip(totals, there, strict=True)}
        return found
