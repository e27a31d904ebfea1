"""What a run did to a table: rows judged by night and channel, what was stopped, what it was made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple


class Delivery(NamedTuple):
    """A night of a channel: what the gate judges and stops, and what a run replaces. A snapshot has no channel."""

    night: date
    channel: str = ""

    def __str__(self) -> str:
        return f"{self.night} {self.channel}".rstrip()

    @classmethod
    def of(cls, text: str) -> Delivery:
        night, _, channel = text.partition(" ")
        return cls(date.fromisoformat(night), channel)


class Fault(NamedTuple):
    """Why a delivery stops: the rule that it breaks, in words without a value; of rows, the share allowed."""

    rule: str
    words: str
    allowed: float | None = None


class Shift(NamedTuple):
    """Of a feature or score of a model: the population stability index of who was scored, and whether to warn of it."""

    model: str
    version: int
    kind: str
    name: str
    psi: float
    is_warned: bool


@dataclass(frozen=True)
class Made:
    """One delivery (or ``as_of``) of a table: fingerprints of its inputs and of the code, its rows, and of a feed the
    files that the rows came from, and those that were taken back: name -> fingerprint."""

    inputs: str
    code: str
    rows: int
    files: dict[str, str] = field(default_factory=dict)
    taken_back: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Counts:
    """Rows of one delivery, judged: ``delivered = published + rejected + repeated``. A row of a feed that ``came`` may
    become several, or be left out by its channel."""

    came: int = 0
    delivered: int = 0
    left_out: int = 0
    rejected: int = 0
    repeated: int = 0
    flawed: int = 0  # rows that break any rule
    lines: int = 0  # lines of the files that the rows of a feed were read from
    broken: dict[str, int] = field(default_factory=dict)  # rule -> rows that break it
    failing: dict[str, int] = field(default_factory=dict)  # dimension -> rows that break one of its rules

    @property
    def published(self) -> int:
        return self.delivered - self.rejected - self.repeated


@dataclass(frozen=True)
class Report:
    """What a run did to one table. ``missing``: channels that it was made without; ``drift`` of a scored one."""

    table: str
    run: str
    as_of: date
    counts: dict[Delivery, Counts]
    stopped: dict[Delivery, tuple[Fault, ...]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    drift: tuple[Shift, ...] = ()
    seconds: float = 0.0
    gate_seconds: float = 0.0
    version: int | None = None
    published_at: datetime | None = None

    def total(self, what: str, deliveries: Iterable[Delivery] | None = None) -> int:
        chosen = self.counts if deliveries is None else deliveries
        return sum(getattr(self.counts[delivery], what) for delivery in chosen)

    def published(self) -> set[Delivery]:
        return set(self.counts) - set(self.stopped)

    def outcome(self) -> str:
        """In a word or two: what became of the table."""
        if self.stopped:
            return f"STOPPED {len(self.stopped)} of {len(self.counts)} nights" if self.published() else "STOPPED"
        word = "published" if self.version is not None else "shared"
        return f"{word} in part" if self.missing else word

    def why(self) -> list[str]:
        """Why deliveries were stopped: one sentence a reason, however many nights it stopped."""
        of_rule: dict[str, list[Delivery]] = {}
        for delivery, faults in sorted(self.stopped.items()):
            for fault in faults:
                of_rule.setdefault(fault.rule, []).append(delivery)
        return [self._why(rule, deliveries) for rule, deliveries in of_rule.items()]

    def _why(self, rule: str, deliveries: list[Delivery]) -> str:
        first, last = deliveries[0], deliveries[-1]
        [fault] = [fault for fault in self.stopped[first] if fault.rule == rule]
        if first == last:
            return f"{self.table} stopped for {first}: {fault.words}"
        channels = sorted({delivery.channel for delivery in deliveries})
        came = sum(delivery.channel in channels for delivery in self.counts)
        of_channels = f" of {' and '.join(channels)}" * any(channels)
        nights = f"{len(deliveries)} of {came} nights{of_channels} stopped ({first.night} to {last.night})"
        if fault.allowed is None:
            return f"{self.table}: {nights}: {rule}; the first time: {fault.words}"
        broken = sum(self.counts[delivery].broken.get(rule, 0) for delivery in deliveries)
        share = broken / self.total("delivered", deliveries)
        return f"{self.table}: {nights}: {rule} breaks in {share:.1%} of rows (allowed {fault.allowed:.1%})"
