"""What the lake holds and the landing zone shows, as a run finds and changes it: fingerprints, no Spark."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import expectations
from expectations.contract import Model, Table
from jobs.lake import ledger
from jobs.lake.report import Delivery, Made
from jobs.landing.zone import Landed, Zone
from jobs.night import wiring
from jobs.registry import champions, too_few
from jobs.registry.champions import Version


@dataclass
class State:
    """What the lake holds, as it changes in a run. ``stopped``: table -> delivery -> what the gate tried."""

    zone: Zone
    as_of: date
    made: dict[str, dict[Delivery, Made]]
    stopped: dict[str, dict[Delivery, str]]
    champions: dict[str, Version | None]
    fingerprints: dict[str, set[str]]  # model -> what its versions were trained on
    taking_back: tuple[str, ...] = ()  # folders or files of landing that this run takes back
    landed: dict[str, dict[Delivery, list[Landed]]] = field(default_factory=dict)  # feed -> what lies in landing
    too_few: dict[str, dict[str, str]] = field(default_factory=dict)  # model -> what could not teach it -> why

    def version(self, model: str) -> str:
        """Champion of ``as_of``, as a part of a fingerprint."""
        champion = self.champions.get(model)
        return f"{model} {champion.version}" if champion else f"no {model}"

    def training(self, model: Model) -> str:
        """Fingerprint of what a training at ``as_of`` would learn from, and by which code."""
        asked = [self.digest(name) for name in expectations.CONSENT if model.purpose]
        return digest(
            [self.as_of.isoformat(), wiring.model_code(model), *(self.digest(name) for name in model.made_from), *asked]
        )

    def why_untaught(self, model: Model) -> str:
        """Why a training at ``as_of`` would have too few data, where that was found."""
        found = self.too_few.get(model.name)
        return found.get(self.training(model), "") if found else ""

    def nights(self, feed: Table) -> dict[Delivery, list[Landed]]:
        """What lies in landing for each night of a feed, listed once a run."""
        if feed.name not in self.landed:
            found = self.zone.nights(feed, self.as_of)
            self.landed[feed.name] = {Delivery(day, feed.channel): files for day, files in found.items()}
        return self.landed[feed.name]

    def files(self, feed: Table, delivery: Delivery) -> list[Landed]:
        """What lies in landing for a night, but for what was taken back."""
        taken = self.taken_back(feed, delivery)
        return [file for file in self.nights(feed).get(delivery, ()) if taken.get(file.name) != file.fingerprint]

    def sources(self, feed: Table, delivery: Delivery) -> dict[str, str]:
        """Files that the rows of a night come from: those in landing, and those loaded before that are gone."""
        held, taken = self.made[feed.name].get(delivery), self.taken_back(feed, delivery)
        loaded = {name: of for name, of in held.files.items() if name not in taken} if held else {}
        return loaded | {file.name: file.fingerprint for file in self.files(feed, delivery)}

    def taken_back(self, feed: Table, delivery: Delivery) -> dict[str, str]:
        """Files of a night whose delivery was taken back, or is by this run; other bytes are another delivery."""
        held = self.made[feed.name].get(delivery)
        loaded = held.files if held else {}
        taken = {name: of for name, of in held.taken_back.items() if name not in loaded} if held else {}
        if not self.taking_back:
            return taken
        every = loaded | {file.name: file.fingerprint for file in self.nights(feed).get(delivery, ())}
        is_asked = {name for name in every for path in self.taking_back if _lies_in(name, path)}
        return taken | {name: every[name] for name in is_asked}

    def knows(self, path: str) -> bool:
        """A night or a file of landing that was loaded, or lies there."""
        names = set[str]()
        for feed in expectations.select("bronze"):
            names.update(file.name for files in self.nights(feed).values() for file in files)
            names.update(name for made in self.made[feed.name].values() for name in made.files)
        return path.count("/") >= 2 and any(_lies_in(name, path) for name in names)

    def tried(self, table: Table, inputs: str) -> str:
        """Fingerprint of a judgement: of what was judged, and of the contracts and code that it was judged by."""
        return digest([inputs, *(wiring.code(judge) for judge in (table, *expectations.feeds(table)))])

    def imagined(self) -> State:
        """A state in which a plan may come true without touching this one."""
        stopped = {name: dict(deliveries) for name, deliveries in self.stopped.items()}
        return replace(self, made=dict(self.made), stopped=stopped)

    def channels(self, table: Table) -> set[str]:
        """Channels of a table that came to this lake at least once; all that it may have, where none did."""
        feeds = [feed for feed in expectations.feeds(table) if self.made[feed.name] or feed.name in self.stopped]
        return {feed.channel for feed in feeds} or expectations.channels(table)

    def stops(self, table: Table) -> dict[str, str]:
        """Channels whose rows of ``as_of`` a gate stopped, in ``table`` or in a feed of it -> the table stopped."""
        found = {d.channel: table.name for d in self.stopped.get(table.name, {}) if d.night == self.as_of}
        for feed in expectations.feeds(table):
            found |= self.stops(feed)
        return found

    def waits_for(self, table: Table) -> list[str]:
        """Tables on the way to ``table`` that a gate stopped, and without which it cannot be made."""
        return self._stopped_on_the_way(table, is_needed=True)

    def missing(self, table: Table) -> list[str]:
        """The others: ``table`` goes on with the channels that came."""
        return self._stopped_on_the_way(table, is_needed=False)

    def _stopped_on_the_way(self, table: Table, is_needed: bool) -> list[str]:
        found: list[str] = []
        for source in (expectations.TABLES[name] for name in table.made_from):
            stops = self.stops(source)
            needed = {feed.channel for feed in expectations.feeds(source) if feed.is_needed}
            cannot_be_without = set(stops) >= self.channels(source) or bool(set(stops) & needed)
            if cannot_be_without == is_needed:
                found += stops.values()
            if source.write != "state":  # it takes in what came, and the rest when that comes
                found += self._stopped_on_the_way(source, is_needed)
        return list(dict.fromkeys(found))

    def before(self, name: str) -> date | None:
        """The newest night before ``as_of`` of which the lake has the snapshot."""
        return max((held.night for held in self.made[name] if held.night < self.as_of), default=None)

    def digest_before(self, name: str) -> str:
        """Fingerprint of that snapshot."""
        day = self.before(name)
        return self.made[name][Delivery(day)].inputs if day else ""

    def is_newer(self, table: Table) -> bool:
        """What is kept is of a later night than this one, for which it is made aside."""
        held = self.made.get(table.name, {})
        return table.write == "kept" and any(delivery.night > self.as_of for delivery in held)

    def digest_of_sources(self, table: Table) -> str:
        return digest(self.digest(source) for source in expectations.sources(table))

    def digest(self, name: str) -> str:
        """Fingerprint of a table as known at ``as_of``."""
        table, held = expectations.TABLES[name], self.made.get(name, {})
        if table.write == "run" or self.is_newer(table):
            return self.digest_of_sources(table)
        if table.write == "kept":
            return "".join(made.inputs for made in held.values())
        is_kept = table.write in ("delivery", "state")
        known = [d for d in held if (d.night <= self.as_of if is_kept else d.night == self.as_of)]
        return digest(f"{delivery}={held[delivery].inputs}" for delivery in sorted(known))


def state_of(lake: Path, zone: Zone, as_of: date, taking_back: tuple[str, ...] = ()) -> State:
    made = {name: ledger.holds(lake, name) for name in expectations.TABLES}
    versions = {name: champions.versions(lake, name) for name in expectations.MODELS}
    holds = {name: champions.champion(of, as_of) for name, of in versions.items()}
    known = {name: {version.fingerprint for version in of} for name, of in versions.items()}
    untaught = {name: too_few.noted(lake, name) for name in expectations.MODELS}
    return State(zone, as_of, made, ledger.stopped(lake), holds, known, taking_back, too_few=untaught)


def digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]


def _lies_in(name: str, path: str) -> bool:
    """A landing file is the one that ``path`` names, or lies in the folder that it names."""
    return f"{name}/".startswith(f"{path}/")
