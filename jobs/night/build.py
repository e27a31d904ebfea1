"""One table of a run: make, stage, judge, split, publish."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

import expectations
from expectations.contract import FLAWS, Table
from jobs.gate import audit, deliveries, flags, staging
from jobs.gate.staging import Staged
from jobs.gate.validation import Gate
from jobs.lake import delta, files, ledger, publishing
from jobs.lake.report import Counts, Delivery, Made, Report
from jobs.night import wiring
from jobs.night.drift import shifts
from jobs.night.inputs import Inputs
from jobs.night.state import State
from jobs.night.step import Step
from jobs.session import Settings
from jobs.vault import stored


@dataclass
class Builder:
    """What the tables of a run share: the session, the lake, the gate, the shared steps."""

    spark: SparkSession
    settings: Settings
    state: State
    run: str
    gate: Future[Gate]
    say: Callable[[str, str], None]
    tables: list[Table]
    is_full: bool
    pages: dict[str, Path] = field(default_factory=dict)

    @property
    def lake(self) -> Path:
        return self.settings.lake

    def __post_init__(self) -> None:
        staging = self.lake / ".staging" / self.run
        self.inputs = Inputs(self.spark, self.settings, self.state, staging, self.say, self.tables, self.is_full)

    def build(self, step: Step) -> Report:
        """Build and publish one table; what the gate stops is not published, and the report says why."""
        start, table = time.monotonic(), step.table
        asked = {Delivery(self.state.as_of)} if table.write == "state" else step.deliveries
        frame, folder = self.inputs.frame(step), self.inputs.staging / table.name
        staged = staging.stage(self.spark, table, frame, self.inputs.known(table), folder, asked)
        self.say(table.name, f"staged ({time.monotonic() - start:.1f} s)")
        gate, at_gate = self.gate.result(), time.monotonic()
        judged = audit.judge(table, staged, self.inputs.totals(table), gate, datetime.now(UTC), self.is_full)
        counts, stopped = deliveries.noted(staged.counts, self._faults(step, staged.counts))
        stopped = {d: stopped.get(d, ()) + judged.stopped.get(d, ()) for d in {**stopped, **judged.stopped}}
        gate_seconds = time.monotonic() - at_gate
        self.pages[table.name] = judged.page
        drift = tuple(shifts(self.inputs, table, folder)) if table.uses else ()
        of_run = table.name, self.run, self.state.as_of
        report = Report(*of_run, counts, stopped, step.missing, drift, 0, round(gate_seconds, 1))
        if table.write != "run" and report.published():
            self._publish(step, staged, folder, report, start)
            commit = ledger.newest(self.lake, table.name)
            report = commit.report if commit else report
        return replace(report, seconds=round(time.monotonic() - start, 1))

    def _faults(self, step: Step, counts: dict[Delivery, Counts]) -> deliveries.Faults:
        table, made = step.table, self.state.made
        if table.layer == "bronze":
            return deliveries.of_feed(table, step.inputs, step.files, counts, made[table.name])
        if table.write == "delivery":
            return deliveries.of_silver(table, counts, made)
        return deliveries.of_gold(counts, step.missing)

    def _publish(self, step: Step, staged: Staged, folder: Path, report: Report, start: float) -> None:
        """What the vault keeps and bad rows first, good rows last: the commit that makes the night exist comes last."""
        table, published = step.table, report.published()
        if table.hidden:
            stored.add(self.lake, self.inputs.sealed(table))
        if FLAWS in table.stored:
            self._publish_rejected(table, staged, published, report)
        held = {} if table.shows_newest else self.state.made[table.name]
        code, rows = wiring.code(table), {delivery: of.published for delivery, of in report.counts.items()}
        taken = step.deliveries if table.write == "state" else published
        made = held | {d: Made(step.inputs[d], code, rows.get(d, 0), *self._files(table, d)) for d in taken}
        report = replace(report, seconds=round(time.monotonic() - start, 1))
        shape = {column.name: column.type for column in table.stored}
        note = ledger.note(self.lake, made, shape, report, self._seen(table))
        if table.write == "kept":
            publishing.publish_days(self.lake, table, folder, self.inputs.touched.days, note)
        else:
            publishing.publish(self.spark, self.lake, table, folder, set(report.counts), published, note)
        self.state.made[table.name] = made

    def _seen(self, table: Table) -> dict[str, int]:
        """Of what is kept, the versions of the tables that it was made from."""
        names = expectations.origins(table) if table.write == "kept" else ()
        return {name: commit.version for name in names if (commit := ledger.newest(self.lake, name))}

    def _files(self, table: Table, delivery: Delivery) -> list[dict[str, str]]:
        """Files that the rows of a feed's night came from, and those that were taken back."""
        if table.layer != "bronze":
            return []
        return [self.state.sources(table, delivery), self.state.taken_back(table, delivery)]

    def _publish_rejected(self, table: Table, staged: Staged, published: set[Delivery], report: Report) -> None:
        if not report.total("rejected", published) and not delta.exists(self.lake, f"{table.name}__rejected"):
            return
        night, name = F.col("delivered_on").alias("night"), F.lit(table.name).alias("table_name")
        rejected = staged.frame.where(f"{files.GOES} = '{files.REJECTED}' and {flags.there(table)}")
        rejected = rejected.where(ledger.in_deliveries("delivered_on", published))
        reasons = flags.reasons(table).alias("reasons")
        rows = rejected.select(name, night, "file", "line", "item", "part", reasons)
        publishing.publish_rejected(self.spark, self.lake, table, rows, published)
