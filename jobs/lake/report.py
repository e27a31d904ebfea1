"""What a run did to a table: rows judged by night and channel, what was stopped, what it was made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Made:
    """One night (or ``as_of``) of a table: fingerprints of its inputs and of the code, and its rows."""

    inputs: str
    code: str
    rows: int


@dataclass(frozen=True)
class Counts:
    """Rows of one night and channel, judged: ``delivered = published + rejected + repeated``."""

    delivered: int = 0
    rejected: int = 0
    repeated: int = 0
    flawed: int = 0  # rows that break any rule
    older: int = 0  # rows whose key came again in a later night of the same load
    lines: int = 0  # lines of the files that the rows of a feed were read from
    broken: dict[str, int] = field(default_factory=dict)  # rule -> rows that break it
    failing: dict[str, int] = field(default_factory=dict)  # dimension -> rows that break one of its rules

    @property
    def published(self) -> int:
        return self.delivered - self.rejected - self.repeated


@dataclass(frozen=True)
class Report:
    """What a run did to one table. ``counts``: night -> channel -> Counts; ``stopped``: night -> why."""

    table: str
    run: str
    as_of: date
    counts: dict[date, dict[str, Counts]]
    stopped: dict[date, str] = field(default_factory=dict)
    seconds: float = 0.0
    gate_seconds: float = 0.0
    version: int | None = None
    published_at: datetime | None = None

    def total(self, what: str, nights: set[date] | None = None) -> int:
        chosen = [by for night, by in self.counts.items() if nights is None or night in nights]
        return sum(getattr(counts, what) for by in chosen for counts in by.values())

    def published_nights(self) -> set[date]:
        return set(self.counts) - set(self.stopped)
