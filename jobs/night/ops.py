"""What runs did: ``ops.runs``, ``ops.quality``, ``ops.scorecard`` and ``ops.models_drift``, written from the commits of
the tables themselves."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import expectations
from expectations.contract import Rule, Table
from jobs.gate import deliveries
from jobs.lake import ledger, small_tables
from jobs.lake.ledger import in_nights
from jobs.lake.report import Delivery, Report

NAMES = ("runs", "quality", "scorecard", "models_drift")
RUNS, QUALITY, SCORECARD, DRIFT = (expectations.TABLES[f"ops.{name}"] for name in NAMES)

LANDING = "landing"  # the zone itself, in place of a table
LEFT_OUT = ("the channel leaves no row out", "completeness", "warn")
EVERYTHING_IS_READ = ("what lies in the landing zone is read by a contract", "completeness", "warn")


def write(
    root: Path, reports: list[Report], tried: dict[str, dict[Delivery, str]], strays: tuple[date, list[str]]
) -> None:
    """Tell what this run did, and what an earlier, killed run did and could not tell. ``ops.runs`` comes last.

    ``tried``: table -> stopped delivery -> fingerprint of the judgement. ``strays``: the night, and what lies in
    landing that no contract reads.
    """
    said = ledger.memory(root)
    untold, covered = [], dict(said["covered"])
    for name in expectations.TABLES:
        found = list(ledger.commits(root, name, covered.get(name, -1)))
        untold += [commit.report for commit in reversed(found)]
        covered |= {name: found[0].version} if found else {}
    untold += [report for report in reports if report.stopped and report.version is None]
    shared = [report for report in reports if expectations.TABLES[report.table].write == "run" and not report.stopped]
    if not untold:
        return
    still = _still_stopped(said["stopped"], reports, tried)
    # an earlier run's lines of a delivery that came again are not the newest any more: the last told wins
    newest = {(report.table, delivery): report for report in [*untold, *shared] for delivery in report.counts}
    judged = [(delivery, report) for (_, delivery), report in newest.items()]
    night, unread = strays
    zone = (LANDING, night, "", *EVERYTHING_IS_READ, len(unread), len(unread), True)
    _tell(root, QUALITY, [*_quality(judged), zone], [*newest, (LANDING, Delivery(night))])
    _tell(root, SCORECARD, _scores(judged), newest)
    _tell_drift(root, untold)
    note = json.dumps({"covered": covered, "stopped": still}, separators=(",", ":"))
    small_tables.append(ledger.path(root, RUNS.name), RUNS, map(_run, untold), note)


def _still_stopped(before: dict, reports: list[Report], tried: dict[str, dict[Delivery, str]]) -> dict:
    still = {name: dict(of) for name, of in before.items()}
    for report in reports:
        if expectations.TABLES[report.table].write == "run":
            continue  # it lives in its run only
        of = still.setdefault(report.table, {})
        for delivery in report.counts:
            of.pop(str(delivery), None)
        of |= {str(delivery): tried[report.table][delivery] for delivery in report.stopped}
    return {name: of for name, of in still.items() if of}


def _tell(root: Path, table: Table, rows: list[tuple], judged: Iterable[tuple[str, Delivery]]) -> None:
    """The lines of the judged deliveries, in place of what was told of them before."""
    nights: dict[tuple[str, str], list[date]] = {}
    for name, delivery in judged:
        nights.setdefault((name, delivery.channel), []).append(delivery.night)
    where = [
        f"(table_name = '{name}' and channel = '{channel}' and {in_nights('night', of)})"
        for (name, channel), of in nights.items()
    ]
    small_tables.replace(ledger.path(root, table.name), table, rows, " or ".join(where))


def _tell_drift(root: Path, reports: list[Report]) -> None:
    """Of each night that a model scored, in place of what was told of it before."""
    newest = {(shift.model, report.as_of): report for report in reports for shift in report.drift}
    rows = [
        (model, shift.version, as_of, *shift[2:])
        for (model, as_of), report in newest.items()
        for shift in report.drift
        if shift.model == model
    ]
    if rows:
        where = " or ".join(f"(model = '{model}' and as_of = date'{as_of}')" for model, as_of in newest)
        small_tables.replace(ledger.path(root, DRIFT.name), DRIFT, rows, where)


def _run(report: Report) -> tuple:
    is_published = report.version is not None
    deliveries = report.published() if is_published else set(report.counts)
    return (
        report.run,
        report.as_of,
        report.table,
        "published" if is_published else "stopped",
        "; ".join(report.why()) or None,
        ", ".join(report.missing) or None,
        len({delivery.night for delivery in deliveries}),
        report.total("published", deliveries) if is_published else 0,
        report.total("rejected", deliveries),
        report.total("repeated", deliveries),
        report.seconds,
        report.gate_seconds,
        report.version,
        report.published_at,
    )


def _rules(table: Table) -> tuple[Rule, ...]:
    return table.rules + deliveries.rules(table)


def _quality(judged: list[tuple[Delivery, Report]]) -> list[tuple]:
    rows = []
    for delivery, report in judged:
        table, counts = expectations.TABLES[report.table], report.counts[delivery]
        of = (report.table, *delivery)
        found = [(rule.name, rule.dimension, rule.severity, counts.broken.get(rule.name, 0)) for rule in _rules(table)]
        if _counts_repeats(table):
            found.append(("no key twice in a night", "uniqueness", "warn", counts.repeated))
        is_published = delivery not in report.stopped
        rows += [(*of, *rule, counts.delivered, broken, is_published) for *rule, broken in found]
        rows += [(*of, *LEFT_OUT, counts.came, counts.left_out, is_published)] * bool(counts.left_out)
    return rows


def _scores(judged: list[tuple[Delivery, Report]]) -> list[tuple]:
    rows = []
    for delivery, report in judged:
        table, counts = expectations.TABLES[report.table], report.counts[delivery]
        failing = dict.fromkeys((rule.dimension for rule in _rules(table)), 0) | counts.failing
        if _counts_repeats(table):
            failing["uniqueness"] = counts.repeated
        total = counts.delivered
        for dimension, bad in sorted(failing.items()):
            passing = total - min(total, bad)
            rows.append((report.table, dimension, *delivery, total, passing, passing / total if total else None))
    return rows


def _counts_repeats(table: Table) -> bool:
    return table.layer == "silver" and table.write == "delivery" and not table.repeats
