"""The verdict on a staged table: ask Great Expectations, and name the nights that must not be published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from expectations.contract import Table
from expectations.suite import is_within, suite
from jobs.gate.staging import Staged
from jobs.gate.validation import Gate, Verdict
from jobs.lake.report import Counts


class GateError(Exception):
    """The gate contradicts itself: a rule's flag and its expectation do not agree."""


@dataclass(frozen=True)
class Judged:
    """Why which night must not be published, and the page that shows it."""

    stopped: dict[date, str]
    page: Path


def judge(table: Table, staged: Staged, totals: dict[str, str], gate: Gate, at: datetime) -> Judged:
    """The nights with more bad rows than the contract allows; all of them where something is wrong with the whole."""
    verdict = gate.validate(suite(table, totals), staged.frame, max(staged.counts), at)
    if not verdict.raised:
        _agree(table, staged.counts, verdict)
    stopped = {night: why for night, by in staged.counts.items() if (why := _over(table, list(by.values())))}
    of_rows = {rule.name for rule in table.rules}
    whole = [f"{name} could not be evaluated" for name in verdict.raised]
    whole += [f"not so: {name}" for name, held in verdict.holds.items() if not held and name not in of_rows]
    if whole:
        stopped = {night: "; ".join(whole) for night in staged.counts}
    return Judged(stopped, verdict.page)


def _over(table: Table, of_night: list[Counts]) -> str:
    """Why a night stops: the rules that more of its rows break than the contract allows."""
    rows = sum(counts.delivered for counts in of_night)
    why = []
    for rule in table.rules:
        bad = sum(counts.broken.get(rule.name, 0) for counts in of_night)
        if rule.can_stop and not is_within(bad, rows, rule.bar):
            why.append(f"{bad:,} of {rows:,} rows break: {rule.name} (allowed: {rule.bar:.1%})")
    return "; ".join(why)


def _agree(table: Table, counts: dict[date, dict[str, Counts]], verdict: Verdict) -> None:
    every = [counts for by in counts.values() for counts in by.values()]
    rows = sum(counts.delivered for counts in every)
    for rule in table.rules:
        bad = sum(counts.broken.get(rule.name, 0) for counts in every)
        if is_within(bad, rows, rule.bar) != verdict.holds[rule.name]:
            raise GateError(f"{table.name}: flag and expectation do not agree on: {rule.name}")
