"""One table's part in a run, and why: fingerprints compared, no Spark needed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

import expectations
from expectations.contract import Table
from jobs.lake.report import Delivery, Made
from jobs.landing.listing import NOTHING_CAME, LandingFile
from jobs.night import wiring
from jobs.night.state import State, digest


@dataclass(frozen=True)
class Step:
    """One table's part in a run: what to do, why, and the fingerprints of the deliveries to make."""

    table: Table
    action: Literal["build", "skip", "hold"]
    reason: str
    inputs: dict[Delivery, str] = field(default_factory=dict)
    files: tuple[LandingFile, ...] = ()
    gone: tuple[str, ...] = ()  # files of these deliveries that were loaded and lie in landing no more
    missing: tuple[str, ...] = ()

    @property
    def deliveries(self) -> set[Delivery]:
        return set(self.inputs)

    @property
    def nights(self) -> set[date]:
        return {delivery.night for delivery in self.inputs}


def step(table: Table, state: State, full: bool) -> Step:
    """What this run does to ``table``."""
    if table.layer == "bronze":
        return _feed(table, state, full)
    if table.write == "delivery":
        return _delivered(table, state, full)
    if table.write == "state":
        return _issued(table, state, full)
    if waits := state.waits_for(table):
        return Step(table, "hold", f"waits for {', '.join(waits)}")
    return replace(_whole(table, state, full), missing=tuple(state.missing(table)))


def _feed(table: Table, state: State, full: bool) -> Step:
    """Nights with files that are new, changed or taken back, if only to remember that all were. A loaded file that is
    gone from landing keeps its rows."""
    held = state.made[table.name]
    now, gone = dict[Delivery, str](), dict[Delivery, list[str]]()
    loaded = {delivery for delivery, made in held.items() if made.files and delivery.night <= state.as_of}
    for delivery in sorted(loaded.union(state.nights(table))):
        here, sources = {file.name for file in state.files(table, delivery)}, state.sources(table, delivery)
        if here or delivery in held or state.taken_back(table, delivery):
            now[delivery] = digest(f"{name}={of}" for name, of in sorted(sources.items()))
        if lost := sorted(set(sources) - here):
            gone[delivery] = lost
    if table.expected == "daily" and now:
        first = min(now).night
        days = (first + timedelta(days=n) for n in range((state.as_of - first).days + 1))
        every = {Delivery(day, table.channel) for day in days}
        now |= dict.fromkeys(every - set(now) - set(held), NOTHING_CAME)
    found, lost = _changed(table, state, now, full), [name for names in gone.values() for name in names]
    return replace(
        found,
        reason=found.reason + f", {len(lost)} loaded files are gone from landing (their rows stay)" * bool(lost),
        files=tuple(state.zone.look(file.path, table) for of in found.inputs for file in state.files(table, of)),
        gone=tuple(name for delivery in found.inputs for name in gone.get(delivery, ())),
    )


def _delivered(table: Table, state: State, full: bool) -> Step:
    """Nights of the channels whose feeds have rows, or had; none that a gate stopped in one of them."""
    now: dict[Delivery, str] = {}
    for channel in sorted(expectations.channels(table)):
        feeds = [feed.name for feed in expectations.feeds(table) if feed.channel == channel]
        held = {name: {d: m for d, m in state.made[name].items() if d.night <= state.as_of} for name in feeds}
        stopped = {delivery for name in feeds for delivery in state.stopped.get(name, {})}
        asked = {d for of in held.values() for d, made in of.items() if made.rows or d in state.made[table.name]}
        for delivery in sorted(asked - stopped):
            now[delivery] = digest(f"{name}={of[delivery].inputs}" for name, of in held.items() if delivery in of)
    found, stops = _changed(table, state, now, full), state.stops(table)
    if not found.inputs and set(stops) >= state.channels(table):
        return Step(table, "hold", f"waits for {', '.join(dict.fromkeys(stops.values()))}")
    return found


def _issued(table: Table, state: State, full: bool) -> Step:
    """A state takes in the deliveries of its sources that it has not seen."""
    held = {name: {d: m for d, m in state.made[name].items() if d.night <= state.as_of} for name in table.made_from}
    every = sorted({delivery for of in held.values() for delivery in of})
    now = {d: digest(f"{name}={of[d].inputs}" for name, of in held.items() if d in of) for d in every}
    return _changed(table, state, now, full)


def _changed(table: Table, state: State, now: dict[Delivery, str], full: bool) -> Step:
    """Deliveries that are new or not as they were; those that a gate stopped wait for other files, another contract or
    code, or their own night."""
    held, stopped = state.made[table.name], state.stopped.get(table.name, {})
    new = {delivery for delivery in now if delivery not in held}
    changed = {delivery for delivery in now if delivery in held and held[delivery].inputs != now[delivery]}
    asked = set() if full else {d for d in new | changed if d in stopped and d.night != state.as_of}
    known_bad = {delivery for delivery in asked if stopped[delivery] == state.tried(table, now[delivery])}
    todo = set(now) if full else (new | changed) - known_bad
    told = [f"{len(known_bad)} stopped before, files unchanged"] * bool(known_bad)
    if todo:
        parts = ["rebuilt in full"] if full else _said(new & todo, "new") + _said(changed & todo, "changed")
        return Step(table, "build", ", ".join(parts + told), {delivery: now[delivery] for delivery in sorted(todo)})
    return Step(table, "skip", ", ".join(["unchanged", *told, *_older(table, held)]))


def _said(deliveries: set[Delivery], word: str) -> list[str]:
    nights = {delivery.night for delivery in deliveries}
    if not nights:
        return []
    return [f"{len(nights)} {word} nights" if len(nights) > 1 else f"{word} night {min(nights)}"]


def _older(table: Table, held: dict[Delivery, Made]) -> list[str]:
    older = sum(made.code != wiring.code(table) for made in held.values())
    return [f"{older} made by older code (--full rebuilds)"] if older else []


def _whole(table: Table, state: State, full: bool) -> Step:
    """A snapshot, a current table, or a step that tables share: made from all that is known at ``as_of``."""
    held, day = state.made[table.name], Delivery(state.as_of)
    asked_on = [state.as_of.isoformat()] * wiring.asks_as_of(table)
    asked = [state.version(model) for model in table.uses]
    if table.name not in (before := wiring.before(table)):  # who goes on from its own past saves work, and nothing else
        asked += [state.digest_before(name) for name in before]
    sources = dict.fromkeys([*expectations.sources(table), *expectations.asked_for_consent(table)])
    now = digest([*asked_on, *asked, *(state.digest(name) for name in sources)])
    if table.write == "run":
        return Step(table, "build", "shared by the tables of this run", {day: now})
    if table.shows_newest and held and max(held) > day:
        return Step(table, "skip", f"left alone: it shows the newer {max(held)}")
    if table.shows_newest and not full and any(made.inputs == now for made in held.values()):
        return Step(table, "skip", ", ".join(["unchanged", *_older(table, held)]))
    if day not in held and not (held and table.shows_newest):
        return Step(table, "build", "new", {day: now})
    if full or day not in held or held[day].inputs != now:
        return Step(table, "build", "rebuilt in full" if full else "inputs changed", {day: now})
    return Step(table, "skip", ", ".join(["unchanged", *_older(table, {day: held[day]})]))
