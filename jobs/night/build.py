"""One table of a run: make, stage, judge, split, publish."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

import expectations
from expectations.contract import Table
from jobs.gate import audit, deliveries, staging
from jobs.gate.validation import Gate
from jobs.lake import delta, ledger
from jobs.lake.report import Counts, Made, Report
from jobs.landing import reading
from jobs.night import wiring
from jobs.night.plan import Step
from jobs.night.state import State
from jobs.night.training import Models

WORTH_A_PROOF = 1_000_000  # rows: below, looking for the newest version costs less than proving there is only one


@dataclass
class Builder:
    """What the tables of a run share: the session, the lake, the gate, the shared steps."""

    spark: SparkSession
    lake: Path
    state: State
    run: str
    gate: Future[Gate]
    say: Callable[[str, str], None]
    shared: dict[str, DataFrame] = field(default_factory=dict)
    pages: dict[str, Path] = field(default_factory=dict)

    @property
    def staging(self) -> Path:
        return self.lake / ".staging" / self.run

    @cached_property
    def models(self) -> Models:
        return Models(self.spark, self.lake, self.state, self.staging, self.source)

    def build(self, step: Step) -> Report:
        """Build and publish one table; what the gate stops is not published, and the report says why."""
        start, table = time.monotonic(), step.table
        frame, as_of = self.frame(step), self.state.as_of
        staged = staging.stage(self.spark, table, frame, self._known(table), self.staging / table.name, step.nights)
        self.say(table.name, f"staged ({time.monotonic() - start:.1f} s)")
        gate, at_gate = self.gate.result(), time.monotonic()
        judged = audit.judge(table, staged, self._totals(table), gate, datetime.now(UTC))
        counts, stopped = deliveries.judge(table, step.inputs, step.files, staged.counts, self.state.made)
        stopped = {**stopped, **judged.stopped}
        gate_seconds = time.monotonic() - at_gate
        self.pages[table.name] = judged.page
        report = Report(table.name, self.run, as_of, counts, stopped, 0, round(gate_seconds, 1))
        if table.write == "run":
            self.shared[table.name] = staged.frame.select(*(column.name for column in table.columns))
        elif step.nights - set(stopped):
            self._publish(step, staged.frame, report, start)
            commit = ledger.newest(self.lake, table.name)
            report = commit.report if commit else report
        return replace(report, seconds=round(time.monotonic() - start, 1))

    def frame(self, step: Step) -> DataFrame:
        """The job's rows, in the contract's order."""
        table = step.table
        if table.layer == "bronze":
            return reading.read(self.spark, list(step.files), table)
        if table.layer == "silver":
            frames = {f.name: delta.delivered(self.spark, self.lake, f, step.nights) for f in expectations.feeds(table)}
        else:
            frames = {name: self.source(name) for name in table.made_from}
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

    def _known(self, table: Table) -> dict[str, DataFrame]:
        checks = [check for check in table.checks if check.references]
        return {
            check.reference_flag: self.source(check.references[1]).select(F.col(check.references[0]).alias("value"))
            for check in checks
            if check.references
        }

    def _totals(self, table: Table) -> dict[str, str]:
        """Conditions on the whole table, the sums of the other tables put in; each other table is read once."""
        found: dict[str, str] = {}
        for name in dict.fromkeys(total.table for total in table.totals):
            totals = [total for total in table.totals if total.table == name]
            sums = [F.expr(f"coalesce({total.there}, 0)") for total in totals]
            there = self.source(name).agg(*sums).collect()[0]
            found |= {t.description: f"coalesce({t.here}, 0) = {sum_}" for t, sum_ in zip(totals, there, strict=True)}
        return found

    def _publish(self, step: Step, staged: DataFrame, report: Report, start: float) -> None:
        """Bad rows first, good rows last: the commit that makes the night exist is the last thing done."""
        table, nights = step.table, step.nights - set(report.stopped)
        good = staged
        if table.write == "delivery":
            good = staged.where(ledger.in_nights("delivered_on", nights))
            if table.layer == "silver":
                self._publish_rejected(table, good, nights, report)
                good = good.where(~staging.is_rejected(table) & ~F.col(staging.REPEATED))
        if table.write == "snapshot":
            good = good.withColumn("as_of", F.lit(self.state.as_of))
        held = {} if table.write == "current" else self.state.made[table.name]
        made = held | {night: self._made(step, night, report.counts[night]) for night in nights}
        report = replace(report, seconds=round(time.monotonic() - start, 1))
        shape = {column.name: column.type for column in table.stored}
        note = ledger.note(made, shape, self._is_once(step, good, report), report)
        delta.publish(self.spark, self.lake, table, good, nights, note)
        self.state.made[table.name] = made

    def _is_once(self, step: Step, good: DataFrame, report: Report) -> bool:
        """Proof that no key stands in two nights, so that reading need not look for the newest version."""
        table, held = step.table, self.state.made[step.table.name]
        if table.layer != "silver" or report.total("older"):
            return False
        if set(held) <= step.nights:
            return True
        if sum(made.rows for made in held.values()) < WORTH_A_PROOF:
            return False
        commit = ledger.newest(self.lake, table.name)
        return bool(commit and commit.is_once) and not delta.has_again(self.spark, self.lake, table, good, step.nights)

    def _made(self, step: Step, night: date, by: dict[str, Counts]) -> Made:
        rows = sum(counts.published for counts in by.values())
        return Made(step.inputs[night], wiring.code(step.table), rows)

    def _publish_rejected(self, table: Table, staged: DataFrame, nights: set[date], report: Report) -> None:
        if not report.total("rejected", nights) and not delta.exists(self.lake, f"{table.name}__rejected"):
            return
        reasons = staging.reasons(table).alias("reasons")
        night = F.col("delivered_on").alias("night")
        rejected = staged.where(staging.is_rejected(table))
        rows = rejected.select(F.lit(table.name).alias("table_name"), night, "file", "line", reasons)
        delta.publish_rejected(self.spark, self.lake, table, rows, nights)
