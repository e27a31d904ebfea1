"""What must be true of a delivery as a whole: it came, it is complete, and every line is accounted for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import expectations
from expectations.contract import Rule, Table
from jobs.lake.report import Counts, Delivery, Fault, Made
from jobs.landing.listing import NOTHING_CAME, LandingFile

CAME = Rule("a delivery came", "", "timeliness", "warn", 0)
KNOWN = Rule("the files have only the contract's columns", "", "consistency", "warn", 0)
WHOLE = Rule(
    "a full snapshot is whole: not empty, not cut off, at least 90 % of the last", "", "completeness", "stop", 0
)
READ = Rule("every line of the files is there", "", "completeness", "stop", 0)
BALANCED = Rule("every row of the feeds is judged or left out", "", "completeness", "stop", 0)
EVERYBODY = Rule("made of every channel", "", "completeness", "warn", 0)
SMALLEST_SHARE = 0.9

Faults = dict[Delivery, dict[Rule, str]]


def rules(table: Table) -> tuple[Rule, ...]:
    """The rules of whole deliveries, beside the contract's rules of rows."""
    if table.layer == "bronze":
        return (CAME,) * bool(table.expected) + (KNOWN, READ) + (WHOLE,) * (table.delivers == "everything")
    if table.layer == "silver":
        return (BALANCED,) * (table.write == "delivery")
    return (EVERYBODY,) * (table.layer == "gold")


def of_feed(
    table: Table,
    inputs: Mapping[Delivery, str],
    files: Sequence[LandingFile],
    counts: Mapping[Delivery, Counts],
    made: Mapping[Delivery, Made],
) -> Faults:
    """What is wrong with the nights of a feed."""
    of_night: dict[Delivery, list[LandingFile]] = {}
    for file in files:
        of_night.setdefault(Delivery(file.night, table.channel), []).append(file)
    before = {delivery: was.rows for delivery, was in made.items() if delivery not in counts}
    faults: Faults = {}
    for delivery, of in sorted(counts.items()):
        came, found = of_night.get(delivery, []), {}
        if inputs[delivery] == NOTHING_CAME:
            found[CAME] = "nothing came"
        if any(file.unknown_columns for file in came):
            found[KNOWN] = "unknown columns"
        lines = sum(file.lines or bool(file.fault) for file in came)
        if lines != of.lines:
            found[READ] = f"{lines:,} lines in the files, {of.lines:,} read"
        if table.delivers == "everything":
            last = before.get(max((earlier for earlier in before if earlier < delivery), default=delivery), 0)
            if why := _not_whole(came, of.published, last):
                found[WHOLE] = why
            else:
                before[delivery] = of.published
        faults[delivery] = found
    return faults


def _not_whole(files: list[LandingFile], rows: int, last: int) -> str:
    if any(file.is_cut_off for file in files):
        return "the full snapshot is cut off"
    if not rows:
        return "the full snapshot is empty"
    if rows < SMALLEST_SHARE * last:
        return f"the full snapshot has {rows:,} rows, the last had {last:,}"
    return ""


def of_silver(table: Table, counts: Mapping[Delivery, Counts], made: Mapping[str, Mapping[Delivery, Made]]) -> Faults:
    """Every row that the feeds of a channel published was judged."""
    faults: Faults = {}
    for delivery, of in counts.items():
        feeds = [made[feed.name] for feed in expectations.feeds(table)]
        came = sum(held[delivery].rows for held in feeds if delivery in held)
        if came != of.came:
            words = f"{came:,} rows delivered, {of.came:,} judged: what becomes none, or many, is said by several(...)"
            faults[delivery] = {BALANCED: words}
    return faults


def of_gold(counts: Iterable[Delivery], missing: Sequence[str]) -> Faults:
    """A table goes on with the channels that came, and says which did not."""
    return {delivery: {EVERYBODY: f"made without {', '.join(missing)}"} for delivery in counts} if missing else {}


def noted(
    counts: Mapping[Delivery, Counts], faults: Faults
) -> tuple[dict[Delivery, Counts], dict[Delivery, tuple[Fault, ...]]]:
    """``counts`` with the broken rules of each delivery added, and why a delivery stops."""
    judged = {delivery: _with(of, list(faults.get(delivery, {}))) for delivery, of in counts.items()}
    stopping = {
        delivery: tuple(Fault(rule.name, words) for rule, words in found.items() if rule.can_stop)
        for delivery, found in faults.items()
    }
    return judged, {delivery: found for delivery, found in stopping.items() if found}


def _with(counts: Counts, broken: list[Rule]) -> Counts:
    failing = {rule.dimension: max(1, counts.failing.get(rule.dimension, 0)) for rule in broken}
    named = {rule.name: 1 for rule in broken}
    return replace(counts, broken=counts.broken | named, failing=counts.failing | failing)
