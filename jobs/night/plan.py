"""What is to be done for a night, and why: fingerprints compared, no Spark needed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

import expectations
from expectations.contract import Model, Table
from jobs.lake.report import Made
from jobs.landing.listing import NOTHING_CAME, LandingFile, nights
from jobs.night import wiring
from jobs.night.state import State, digest


@dataclass(frozen=True)
class Step:
    """One table's part in a run: what to do, why, and the fingerprints of the nights to make."""

    table: Table
    action: Literal["build", "skip", "hold"]
    reason: str
    inputs: dict[date, str] = field(default_factory=dict)
    files: tuple[LandingFile, ...] = ()

    @property
    def nights(self) -> set[date]:
        return set(self.inputs)


def step(table: Table, state: State, full: bool) -> Step:
    """What this run does to ``table``."""
    if table.layer == "bronze":
        return _feed(table, state, full)
    waits = state.waits_for(table)
    if table.layer == "gold":
        if waits:
            return Step(table, "hold", f"waits for {', '.join(waits)}")
        return _whole(table, state, full)
    step = _delivered(table, state, full)
    if waits and not step.inputs:
        return Step(table, "hold", f"waits for {', '.join(waits)}")
    return step


def _feed(table: Table, state: State, full: bool) -> Step:
    folders = nights(state.landing, table, state.as_of)
    files = {day: [state.look(path, table) for path in paths] for day, paths in folders.items()}
    now = {day: digest(f"{file.name}={file.fingerprint}" for file in of) for day, of in files.items() if of}
    if table.expected == "daily" and now:
        first, held = min(now), state.made[table.name]
        days = (first + timedelta(days=n) for n in range((state.as_of - first).days + 1))
        now |= {day: NOTHING_CAME for day in days if day not in now and day not in held}
    found = _nights(table, state, now, full)
    return Step(
        table, found.action, found.reason, found.inputs, tuple(f for day in found.inputs for f in files.get(day, ()))
    )


def _delivered(table: Table, state: State, full: bool) -> Step:
    """Nights of a silver table: those in which one of its feeds has rows, or had."""
    feeds = expectations.sources(table)
    held = {name: {day: m for day, m in state.made[name].items() if day <= state.as_of} for name in feeds}
    days = sorted(
        {day for of in held.values() for day, made in of.items() if made.rows or day in state.made[table.name]}
    )
    now = {day: digest(f"{name}={of[day].inputs}" for name, of in held.items() if day in of) for day in days}
    return _nights(table, state, now, full)


def _nights(table: Table, state: State, now: dict[date, str], full: bool) -> Step:
    held, stopped = state.made[table.name], state.stopped.get(table.name, {})
    new = {day for day in now if day not in held}
    changed = {day for day in now if day in held and held[day].inputs != now[day]}
    known_bad = {day for day in new | changed if stopped.get(day) == now[day] and day != state.as_of}
    todo = set(now) if full else (new | changed) - known_bad
    told = [f"{len(known_bad)} stopped before, files unchanged"] * bool(known_bad)
    if todo:
        parts = ["rebuilt in full"] if full else _said(new & todo, "new") + _said(changed & todo, "changed")
        return Step(table, "build", ", ".join(parts + told), {day: now[day] for day in sorted(todo)})
    return Step(table, "skip", ", ".join(["unchanged", *told, *_older(table, held)]))


def _said(days: set[date], word: str) -> list[str]:
    if not days:
        return []
    return [f"{len(days)} {word} nights" if len(days) > 1 else f"{word} night {min(days)}"]


def _older(table: Table, held: dict[date, Made]) -> list[str]:
    older = sum(made.code != wiring.code(table) for made in held.values())
    return [f"{older} made by older code (--full rebuilds)"] if older else []


def _whole(table: Table, state: State, full: bool) -> Step:
    """A snapshot, a current table, or a step that tables share: made from all that is known at ``as_of``."""
    held, day = state.made[table.name], state.as_of
    asked_on = [day.isoformat()] * wiring.asks_as_of(table)
    asked = [state.version(model) for model in table.uses]
    now = digest([*asked_on, *asked, *(state.digest(name) for name in expectations.sources(table))])
    if table.write == "run":
        return Step(table, "build", "shared by the tables of this run", {day: now})
    if table.write == "current" and held and max(held) > day:
        return Step(table, "skip", f"left alone: it shows the newer {max(held)}")
    if table.write == "current" and not full and any(made.inputs == now for made in held.values()):
        return Step(table, "skip", ", ".join(["unchanged", *_older(table, held)]))
    if day not in held:
        return Step(table, "build", "new", {day: now})
    if full or held[day].inputs != now:
        return Step(table, "build", "rebuilt in full" if full else "inputs changed", {day: now})
    return Step(table, "skip", ", ".join(["unchanged", *_older(table, {day: held[day]})]))


def plan(tables: list[Table], models: list[Model], state: State, full: bool) -> list[Step]:
    """All steps in order, as they would go if nothing stops: what is made is taken as made."""
    state, steps = state.imagined(), []
    for table in tables:
        found = step(table, state, full)
        steps.append(found)
        for night in found.inputs:
            state.stopped.get(table.name, {}).pop(night, None)
        kept = {} if table.write == "current" and found.inputs else state.made[table.name]
        state.made[table.name] = kept | {day: Made(inputs, "", -1) for day, inputs in found.inputs.items()}
    return without_idle(steps, models)


def untrained(tables: list[Table], state: State) -> list[Model]:
    """Models that the tables use and that were never trained: a fresh lake trains them first."""
    return [model for model in expectations.used(tables) if not state.fingerprints[model.name]]


def without_idle(steps: list[Step], models: list[Model]) -> list[Step]:
    """A shared step is made only if a table that is made, or a model that is trained, needs it."""
    made = [step.table for step in steps if step.action == "build" and step.table.write != "run"]
    made += [expectations.TABLES[model.made_from] for model in models]
    needed = {name for table in made for name in (table.name, *expectations.steps(table))}
    return [step for step in steps if step.table.write != "run" or step.table.name in needed]


def ordered(chosen: list[Table]) -> list[Table]:
    """In dependency order, what most depends on first, with the shared steps that the chosen tables need."""
    wanted = {table.name for table in chosen}
    wanted |= {name for table in chosen for name in expectations.steps(table)}
    found: dict[str, Table] = {}

    def add(name: str) -> None:
        table = expectations.TABLES[name]
        for source in (*expectations.sources(table), *expectations.looks_at(table)):
            add(source)
        if name in wanted:
            found.setdefault(name, table)

    for name in sorted(wanted, key=lambda name: (-_weight(name), name)):
        add(name)
    return list(found.values())


def _weight(name: str) -> int:
    """How many ways lead from a table to the tables made from it."""
    return sum(1 + _weight(table.name) for table in expectations.TABLES.values() if name in expectations.sources(table))
