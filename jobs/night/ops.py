"""``ops.runs``, ``ops.quality`` and ``ops.scorecard``, written from the commits of the tables themselves."""

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
from jobs.lake.report import Counts, Report

RUNS, QUALITY, SCORECARD = (expectations.TABLES[f"ops.{name}"] for name in ("runs", "quality", "scorecard"))


def write(root: Path, reports: list[Report], inputs: dict[str, dict[date, str]]) -> None:
    """Tell what this run did, and what an earlier, killed run did and could not tell. ``ops.runs`` comes last."""
    said = ledger.memory(root)
    untold, covered = [], dict(said["covered"])
    for name in expectations.TABLES:
        found = list(ledger.commits(root, name, covered.get(name, -1)))
        untold += [commit.report for commit in reversed(found)]
        covered |= {name: found[0].version} if found else {}
    untold += [report for report in reports if report.stopped and report.version is None]
    if not untold:
        return
    still = _still_stopped(said["stopped"], reports, inputs)
    # an earlier run's lines of a night that came again are not the newest any more: the last told wins
    newest = {(report.table, night): report for report in untold for night in report.counts}
    judged = [(night, report) for (_, night), report in newest.items()]
    _tell(root, QUALITY, _quality(judged), "night", newest)
    _tell(root, SCORECARD, _scores(judged), "as_of", newest)
    note = json.dumps({"covered": covered, "stopped": still}, separators=(",", ":"))
    small_tables.append(ledger.path(root, RUNS.name), RUNS, map(_run, untold), note)


def _still_stopped(before: dict, reports: list[Report], inputs: dict[str, dict[date, str]]) -> dict:
    still = {name: dict(of) for name, of in before.items()}
    for report in reports:
        if expectations.TABLES[report.table].write == "run":
            continue  # it lives in its run only
        of = still.setdefault(report.table, {})
        for night in report.counts:
            of.pop(night.isoformat(), None)
        of |= {night.isoformat(): inputs[report.table][night] for night in report.stopped}
    return {name: of for name, of in still.items() if of}


def _tell(root: Path, table: Table, rows: list[tuple], night: str, judged: Iterable[tuple[str, date]]) -> None:
    """The lines of the judged tables and nights, in place of what was told of them before."""
    nights: dict[str, list[date]] = {}
    for name, day in judged:
        nights.setdefault(name, []).append(day)
    where = " or ".join(f"(table_name = '{name}' and {in_nights(night, of)})" for name, of in nights.items())
    small_tables.replace(ledger.path(root, table.name), table, rows, where)


def _run(report: Report) -> tuple:
    why = "; ".join(f"{night}: {why}" for night, why in sorted(report.stopped.items())) or None
    is_published = report.version is not None
    nights = report.published_nights() if is_published else set(report.counts)
    return (
        report.run,
        report.as_of,
        report.table,
        "published" if is_published else "stopped",
        why,
        len(nights),
        report.total("published", nights) if is_published else 0,
        report.total("rejected", nights),
        report.total("repeated", nights),
        report.seconds,
        report.gate_seconds,
        report.version,
        report.published_at,
    )


def _rules(table: Table) -> tuple[Rule, ...]:
    return table.rules + deliveries.rules(table)


def _quality(judged: list[tuple[date, Report]]) -> list[tuple]:
    rows = []
    for night, report in judged:
        table, is_published = expectations.TABLES[report.table], night not in report.stopped
        for channel, counts in (report.counts[night] or {table.channel: Counts()}).items():
            for rule in _rules(table):
                broken = counts.broken.get(rule.name, 0)
                named = (report.table, night, channel, rule.name, rule.dimension, rule.severity)
                rows.append((*named, counts.delivered, broken, is_published))
            if table.layer == "silver" and not table.repeats:
                named = (report.table, night, channel, "no key twice in a night", "uniqueness", "warn")
                rows.append((*named, counts.delivered, counts.repeated, is_published))
    return rows


def _scores(judged: list[tuple[date, Report]]) -> list[tuple]:
    rows = []
    for night, report in judged:
        table = expectations.TABLES[report.table]
        dimensions = {rule.dimension for rule in _rules(table)}
        counts = list(report.counts[night].values())
        total = sum(c.delivered for c in counts)
        failing = {d: min(total, sum(c.failing.get(d, 0) for c in counts)) for d in dimensions}
        if table.layer == "silver" and not table.repeats:
            failing["uniqueness"] = sum(c.repeated for c in counts)
        for dimension, bad in sorted(failing.items()):
            share = (total - bad) / total if total else None
            rows.append((report.table, dimension, night, total, total - bad, share))
    return rows
