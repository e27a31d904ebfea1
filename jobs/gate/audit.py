"""The verdict on a staged table: ask Great Expectations, and name the deliveries that must not be published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import expectations
from expectations.contract import Table
from expectations.suite import ROWS, is_within, named, of_channel, suite
from jobs.gate.counted import can_be_trusted, counted, of_rows
from jobs.gate.flags import there
from jobs.gate.staging import Staged
from jobs.gate.validation import Gate, Verdict
from jobs.lake.report import Counts, Delivery, Fault


class GateError(Exception):
    """The gate contradicts itself: a rule's flag and its expectation do not agree."""


@dataclass(frozen=True)
class Judged:
    """Why which delivery must not be published, and the page that shows it."""

    stopped: dict[Delivery, tuple[Fault, ...]]
    page: Path


def judge(
    table: Table, staged: Staged, totals: dict[str, str], gate: Gate, at: datetime, is_read: bool = False
) -> Judged:
    """The deliveries with more bad rows than allowed; all of them where something is wrong with the whole.

    ``is_read``: the rows are read again, however few they are.
    """
    channels = sorted({delivery.channel for delivery in staged.counts})
    of_counts = not is_read and can_be_trusted(staged)
    batch = counted(table, staged, totals.values(), channels) if of_counts else staged.frame.where(there(table))
    verdict = gate.validate(suite(table, totals, channels), batch, max(staged.counts).night, at)
    if not verdict.raised:
        _agree(table, staged.counts, channels, verdict)
    stopped = {delivery: why for delivery, of in staged.counts.items() if (why := _over(table, delivery, of))}
    of_rows = {named(rule, channel, channels) for rule in table.rules for channel in channels}
    whole = [Fault(name, f"{name} could not be evaluated") for name in verdict.raised]
    whole += [
        Fault(name, f"not so: {name}") for name, held in verdict.holds.items() if not held and name not in of_rows
    ]
    if whole:
        stopped = dict.fromkeys(staged.counts, tuple(whole))
    return Judged(stopped, verdict.page)


def _over(table: Table, delivery: Delivery, counts: Counts) -> tuple[Fault, ...]:
    """The rules that more rows of a delivery break than its channel is allowed."""
    faults = []
    for rule in table.rules:
        bad, bar = counts.broken.get(rule.name, 0), expectations.bar(table, rule, delivery.channel)
        if rule.can_stop and not is_within(bad, counts.delivered, bar):
            words = f"{bad:,} of {counts.delivered:,} rows break: {rule.name} (allowed: {bar:.1%})"
            faults.append(Fault(rule.name, words, bar))
    return tuple(faults)


def _agree(table: Table, counts: dict[Delivery, Counts], channels: list[str], verdict: Verdict) -> None:
    found = of_rows(table, counts, channels)
    for channel in channels:
        within = of_channel(channel, channels)
        for rule in table.rules:
            bar, name = expectations.bar(table, rule, channel), named(rule, channel, channels)
            if is_within(found[rule.sql, within], found[ROWS, within], bar) != verdict.holds[name]:
                raise GateError(f"{table.name}: flag and expectation do not agree on: {rule.name}")
