"""The landing zone as a run sees it: a file is read once, and after that known by its size and the time of its last
change; a run in full, and the weekly housekeeping, look again."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import expectations
from expectations.contract import Table
from jobs import storage
from jobs.landing import listing
from jobs.landing.listing import LandingFile

FRESH = 2_000_000_000  # nanoseconds: a file that changed just now may change again within the same tick of its clock


class Seen(NamedTuple):
    """A file when it was read."""

    size: int
    changed_at: int
    fingerprint: str


@dataclass(frozen=True)
class Landed:
    """A file of a night: its name, relative to the zone, and its content's fingerprint."""

    name: str
    path: Path
    fingerprint: str


@dataclass
class Zone:
    """``memory``: where what was seen is kept between runs. ``is_doubted``: every file is read again."""

    folder: Path
    memory: Path
    is_doubted: bool = False
    looked: dict[Path, LandingFile] = field(default_factory=dict)
    has_news: bool = False

    @cached_property
    def seen(self) -> dict[str, Seen]:
        """Files that were read, by this run or an earlier one."""
        try:
            return {name: Seen(*of) for name, of in json.loads(storage.read(self.memory)).items()}
        except (OSError, ValueError, TypeError):  # lost, it costs a look at every file
            return {}

    def nights(self, feed: Table, until: date) -> dict[date, list[Landed]]:
        """What lies there for each night of a feed."""
        found = listing.nights(self.folder, feed, until)
        return {day: [self._landed(path, feed) for path in paths] for day, paths in found.items()}

    def _landed(self, path: Path, feed: Table) -> Landed:
        name, of = path.relative_to(self.folder).as_posix(), storage.stamp(path)
        seen = self.seen.get(name)
        if self.is_doubted or not seen or (seen.size, seen.changed_at) != of:
            now = time.time_ns()
            seen = Seen(*of, self.look(path, feed).fingerprint)
            self.seen[name], self.has_news = seen, True
            if now - seen.changed_at <= FRESH:
                del self.seen[name]
        return Landed(name, path, seen.fingerprint)

    def look(self, path: Path, feed: Table) -> LandingFile:
        """The file, looked at as a whole, once a run."""
        if path not in self.looked:
            self.looked[path] = listing.look(path, self.folder, feed)
        return self.looked[path]

    @cached_property
    def strays(self) -> list[str]:
        """What lies there and no contract reads."""
        return listing.strays(self.folder, expectations.select("bronze"))

    def remember(self) -> None:
        """Keep what was seen; whole or not at all."""
        if self.has_news:
            storage.write(self.memory, json.dumps(self.seen, separators=(",", ":")))
