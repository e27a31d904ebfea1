"""What must be true of a night's delivery as a whole: it came, it is complete, and every line is accounted for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import expectations
from expectations.contract import Rule, Table
from jobs.lake.report import Counts, Made
from jobs.landing.listing import NOTHING_CAME, LandingFile

CAME = Rule("a delivery came", "", "timeliness", "warn", 0)
KNOWN = Rule("the files have only the contract's columns", "", "consistency", "warn", 0)
WHOLE = Rule(
    "a full snapshot is whole: not empty, not cut off, at least 90 % of the last", "", "completeness", "stop", 0
)
READ = Rule("every line of the files is there", "", "completeness", "stop", 0)
BALANCED = Rule("delivered = published + rejected + repeated", "", "completeness", "stop", 0)
SMALLEST_SHARE = 0.9


def rules(table: Table) -> tuple[Rule, ...]:
    """The rules of whole nights, beside the contract's rules of rows."""
    if table.layer == "bronze":
        return (CAME,) * bool(table.expected) + (KNOWN, READ) + (WHOLE,) * (table.delivers == "everything")
    return (BALANCED,) if table.layer == "silver" else ()


def judge(
    table: Table,
    inputs: Mapping[date, str],
    files: Sequence[LandingFile],
    counts: dict[date, dict[str, Counts]],
    made: Mapping[str, Mapping[date, Made]],
) -> tuple[dict[date, dict[str, Counts]], dict[date, str]]:
    """``counts`` with the broken rules of each night added, and why a night stops."""
    if table.layer == "gold":
        return counts, {}
    if table.layer == "bronze":
        faults = _of_feed(table, inputs, files, counts, made[table.name])
    else:
        faults = _of_silver(table, counts, made)
    stopped = {night: "; ".join(why) for night, of in faults.items() if (why := [w for r, w in of if r.can_stop])}
    judged = {}
    for night, by in counts.items():
        of = faults.get(night, [])
        channel = next(iter(by), table.channel)
        judged[night] = by | {channel: _with(by.get(channel, Counts()), [rule for rule, _ in of])} if of else by
    return judged, stopped


def _with(counts: Counts, broken: list[Rule]) -> Counts:
    failing = {rule.dimension: max(1, counts.failing.get(rule.dimension, 0)) for rule in broken}
    named = {rule.name: 1 for rule in broken}
    return replace(counts, broken=counts.broken | named, failing=counts.failing | failing)


def _of_feed(
    table: Table,
    inputs: Mapping[date, str],
    files: Sequence[LandingFile],
    counts: dict[date, dict[str, Counts]],
    made: Mapping[date, Made],
) -> dict[date, list[tuple[Rule, str]]]:
    of_night: dict[date, list[LandingFile]] = {}
    for file in files:
        of_night.setdefault(file.night, []).append(file)
    before = {night: was.rows for night, was in made.items() if night not in counts}
    faults: dict[date, list[tuple[Rule, str]]] = {}
    for night in sorted(counts):
        came, read = of_night.get(night, []), sum(c.lines for c in counts[night].values())
        readable = sum(c.published for c in counts[night].values())
        found = [(CAME, "nothing came")] * (inputs[night] == NOTHING_CAME)
        found += [(KNOWN, "unknown columns")] * any(file.unknown_columns for file in came)
        lines = sum(file.lines or bool(file.fault) for file in came)
        found += [(READ, f"{lines:,} lines in the files, {read:,} read")] * (lines != read)
        if table.delivers == "everything":
            last = before.get(max((day for day in before if day < night), default=night), 0)
            why = _not_whole(came, readable, last)
            found += [(WHOLE, why)] * bool(why)
            before |= {} if why else {night: readable}
        faults[night] = found
    return faults


def _not_whole(files: list[LandingFile], rows: int, last: int) -> str:
    if any(file.is_cut_off for file in files):
        return "the full snapshot is cut off"
    if not rows:
        return "the full snapshot is empty"
    if rows < SMALLEST_SHARE * last:
        return f"the full snapshot has {rows:,} rows, the last had {last:,}"
    return ""


def _of_silver(
    table: Table, counts: dict[date, dict[str, Counts]], made: Mapping[str, Mapping[date, Made]]
) -> dict[date, list[tuple[Rule, str]]]:
    faults = {}
    for night, by in counts.items():
        came = sum(made[feed.name][night].rows for feed in expectations.feeds(table) if night in made[feed.name])
        judged = sum(c.delivered for c in by.values())
        faults[night] = [(BALANCED, f"{came:,} rows delivered, {judged:,} judged")] * (came != judged)
    return faults
