"""A run: tables in dependency order, independent ones side by side; what it did goes to ``ops`` and the screen."""

from __future__ import annotations

import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import expectations
from expectations.contract import Model, Table
from jobs import screen
from jobs.imported import imported
from jobs.lake.report import Delivery, Report
from jobs.landing.zone import Zone
from jobs.night.order import SIDE_BY_SIDE, in_order, needs, needs_of
from jobs.night.plan import makes_anything, plan, untrained
from jobs.night.state import State, state_of
from jobs.night.step import Step, step
from jobs.session import Settings, spark

if TYPE_CHECKING:
    from jobs.night.build import Builder

PUBLISHED, STOPPED, USAGE, BROKEN = range(4)


@dataclass
class Night:
    """One run of some tables for one ``as_of``."""

    settings: Settings
    as_of: date
    tables: list[Table]
    is_full: bool = False
    is_verbose: bool = False
    models: list[Model] = field(default_factory=list)  # to train, beside those that a table uses and nobody trained
    taking_back: tuple[str, ...] = ()
    trains: bool = True  # a lake made anew is scored by the models that came along
    steps: dict[str, Step] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    pages: dict[str, Path] = field(default_factory=dict)
    trained: dict[str, str] = field(default_factory=dict)

    @cached_property
    def state(self) -> State:
        zone = Zone(self.settings.landing, self.settings.lake / ".landing.json", self.is_full)
        return state_of(self.settings.lake, zone, self.as_of, self.taking_back)

    def plan(self) -> list[Step]:
        """The steps as they would go if nothing stops."""
        return plan(self.tables, self.state, self.is_full)

    def training(self, steps: list[Step]) -> list[Model]:
        """Models to train: the same model, data and code again make no new version, and too few data are too few."""
        if not self.trains:
            return []
        known, state = self.state.fingerprints, self.state
        asked = [model for model in self.models if state.training(model) not in known[model.name]]
        asked = asked or ([] if self.models else untrained(self.tables, state))
        if makes_anything(steps):
            return asked
        return [model for model in asked if not state.why_untaught(model)]

    def run(self) -> int:
        """Build what the plan says; Spark starts only if there is something to build or to train."""
        steps = self.plan()
        self.steps = {step.table.name: step for step in steps}
        self.state.zone.remember()
        models = self.training(steps)
        if models or makes_anything(steps):
            self._build(steps, models)
        if self.broken:
            return BROKEN
        is_stopped = any(report.stopped for report in self.reports.values())
        return STOPPED if is_stopped or any(step.action == "hold" for step in self.steps.values()) else PUBLISHED

    def _build(self, steps: list[Step], models: list[Model]) -> None:
        tables = [step.table for step in steps]
        with ThreadPoolExecutor(SIDE_BY_SIDE + 1) as pool:
            gate = pool.submit(self._gate)  # importing Great Expectations takes as long as starting Spark
            screen.say("spark", f"starting, for {self.as_of}")
            session = spark(self.settings)
            from jobs.night import size
            from jobs.night.build import Builder

            size.fit(session, size.of_run(self.settings.lake, steps, self.is_full))
            run = f"{self.as_of}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
            builder = Builder(session, self.settings, self.state, run, gate, screen.say, tables, self.is_full)
            work = {table.name: (needs(table), partial(self._one, table, builder)) for table in tables}
            work |= {model.name: (needs_of(model), partial(self._train, model, builder)) for model in models}
            in_order(work, pool)
        self.pages = builder.pages
        from jobs.lake import views
        from jobs.night import ops

        reports, stopped = list(self.reports.values()), self.state.stopped
        ops.write(self.settings.lake, reports, stopped, (self.as_of, self.state.zone.strays))
        gate.result().build_docs()
        views.write(self.settings.lake)
        screen.say("ops", "told")

    def _gate(self):
        return imported("jobs.gate.validation").Gate(self.settings.lake / "quality")

    def _train(self, model: Model, builder: Builder) -> None:
        screen.say(model.name, "training")
        try:
            self.trained[model.name] = builder.inputs.models.train(model)
        except Exception as error:
            self._broke_off(model.name, error)
            return
        screen.say(model.name, self.trained[model.name])

    def _broke_off(self, name: str, error: Exception) -> None:
        self.broken[name] = screen.words(error)
        screen.say(name, f"BROKE OFF: {self.broken[name]}")
        if self.is_verbose:
            traceback.print_exception(error)

    def _one(self, table: Table, builder: Builder) -> None:
        found = step(table, builder.state, self.is_full)
        self.steps[table.name] = found
        if found.action != "build":
            return
        try:
            screen.say(table.name, found.reason)
            report = builder.build(found)
        except Exception as error:
            nights = {Delivery(self.as_of, channel): "" for channel in expectations.channels(table)}
            builder.state.stopped.setdefault(table.name, {}).update(nights)
            self._broke_off(table.name, error)
            return
        self.reports[table.name] = report
        stopped = builder.state.stopped.setdefault(table.name, {})
        for delivery in report.counts:
            stopped.pop(delivery, None)
        stopped |= {d: builder.state.tried(table, found.inputs.get(d, "")) for d in report.stopped}
        screen.say(table.name, f"{report.outcome()} {report.total('published'):,} rows ({report.seconds:.1f} s)")
