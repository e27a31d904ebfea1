"""All steps of a run as they would go if nothing stops."""

from __future__ import annotations

import expectations
from expectations.contract import Model, Table
from jobs.lake.report import Made
from jobs.landing.listing import NOTHING_CAME
from jobs.night.state import State
from jobs.night.step import Step, step


def plan(tables: list[Table], state: State, full: bool) -> list[Step]:
    """All steps in order, as they would go if nothing stops: what is made is taken as made."""
    state, steps = state.imagined(), []
    for table in tables:
        found = step(table, state, full)
        steps.append(found)
        for delivery in found.inputs:
            state.stopped.get(table.name, {}).pop(delivery, None)
        kept = {} if table.shows_newest and found.inputs else state.made[table.name]
        state.made[table.name] = kept | {delivery: _imagined(inputs) for delivery, inputs in found.inputs.items()}
    return without_idle(steps)


def _imagined(inputs: str) -> Made:
    """Some rows, unless it is known that none came."""
    return Made(inputs, "", 0 if inputs == NOTHING_CAME else -1)


def makes_anything(steps: list[Step]) -> bool:
    return any(step.action == "build" for step in steps)


def untrained(tables: list[Table], state: State) -> list[Model]:
    """Models that the tables use and that were never trained: a fresh lake trains them first."""
    return [model for model in expectations.used(tables) if not state.fingerprints[model.name]]


def without_idle(steps: list[Step]) -> list[Step]:
    """A shared step is made only if a table that is made needs it; models ask for other days."""
    made = [step.table for step in steps if step.action == "build" and step.table.write != "run"]
    needed = {name for table in made for name in table.made_from}
    for shared in reversed(steps):  # what a step is made from stands before it
        if shared.table.write == "run" and shared.table.name in needed:
            needed.update(shared.table.made_from)
    return [step for step in steps if step.table.write != "run" or step.table.name in needed]
