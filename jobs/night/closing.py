"""The tables that a run shows: its plan, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import expectations
from expectations.contract import Model
from jobs import screen
from jobs.lake import ledger
from jobs.lake.report import Report, Shift
from jobs.night.night import Night
from jobs.night.step import Step

NEVER = "no delivery yet"
HEAD = ("table", "outcome", "rows", "rejected", "quality", "seconds", "version")


def show_plan(steps: list[Step], models: list[Model], strays: list[str]) -> None:
    """What a run would do, in order, and why."""
    for step in steps:
        print(f"{step.action:<6} {step.table.name:<30} {step.reason}")
    for model in models:
        print(f"{'train':<6} {model.name:<30} on what was known {model.holdout_days} days before")
    for stray in strays:
        print(f"{'unread':<6} {stray:<30} no contract reads it")


def close(night: Night) -> None:
    """The closing table, what was stopped and why, and the paths to open next."""
    lake, as_of = night.settings.lake, night.as_of
    stopped = {name for name, of in ledger.stopped(lake).items() if any(d.night == as_of for d in of)}
    lines = [
        of_report(night.reports[name])
        if name in night.reports
        else of_step(found, lake, as_of, name in stopped, name in night.broken)
        for name, found in night.steps.items()
        if found.table.write != "run"
    ]
    print()
    show_closing(line for line in lines if line[1] != NEVER)
    if never := [line[0] for line in lines if line[1] == NEVER]:
        print(f"{NEVER}: {', '.join(never)}")
    asked = night.models or ([] if night.trained else expectations.used(night.tables))
    for name in dict.fromkeys([*night.trained, *(model.name for model in asked)]):
        print(f"model {name}: {night.trained.get(name) or f'unchanged; {unchanged(night, name)}'}")
    for report in night.reports.values():
        if out := report.total("left_out"):
            print(f"{report.table}: {out:,} of {report.total('came'):,} rows were left out by their channel")
        again = 0 if expectations.TABLES[report.table].repeats else report.total("repeated")
        if again:
            print(f"{report.table}: {again:,} of {report.total('delivered'):,} rows repeat others, which count once")
    for line in shifted(night.reports.values()):
        print(line)
    for line in troubles(night):
        screen.fail(line)
    paths = {"tables": "<layer>/<table>", "quality": "quality/index.html", "sql": "guanxi.duckdb (make sql)"}
    print("\n" + "\n".join(f"{what:<8} {lake}/{path}" for what, path in paths.items()), flush=True)


def unchanged(night: Night, model: str) -> str:
    """Where a model stands that this run did not train."""
    if holds := night.state.champions[model]:
        return holds.told()
    why = night.state.why_untaught(expectations.MODELS[model])
    return f"not trained: {why}" if why else "no version was promoted"


def shifted(reports: Iterable[Report]) -> list[str]:
    """A line of each model that scored other customers than it learned from, what shifted most first."""
    found: dict[str, list[Shift]] = {}
    for shift in sorted((of for report in reports for of in report.drift if of.is_warned), key=lambda of: -of.psi):
        found.setdefault(shift.model, []).append(shift)
    return [
        f"model {model}: who was scored differs from whom it learned from in {', '.join(_shift(of) for of in most[:3])}"
        f"{f' and {len(most) - 3} more' * (len(most) > 3)} (PSI over .25; ops.models_drift)"
        for model, most in found.items()
    ]


def _shift(shift: Shift) -> str:
    return f"{shift.name} {shift.psi:.2f}"


def show_closing(lines: Iterable[tuple[str, ...]]) -> None:
    """The closing table of a run."""
    rows = [HEAD, *lines]
    if len(rows) == 1:
        return
    widths = [max(len(row[n]) for row in rows) for n in range(len(HEAD))]
    for row in rows:
        name, *cells = (
            cell.ljust(w) if n < 2 else cell.rjust(w) for n, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join([name, *cells]).rstrip(), flush=True)


def troubles(night: Night) -> list[str]:
    """What was stopped and why, a line a table and reason; what waits for it, what was made without it; what broke."""
    reports, steps = night.reports.values(), night.steps.values()
    told = [f"{why}. See {night.pages.get(report.table, '')}" for report in reports for why in report.why()]
    told += [f"{step.table.name} was not made: it {step.reason}" for step in steps if step.action == "hold"]
    without: dict[tuple[str, ...], list[str]] = {}
    for report in reports:
        without.setdefault(report.missing, []).append(report.table)
    for missing, tables in without.items():
        told += [f"made without {' and '.join(missing)}, which stopped: {', '.join(tables)}"] * bool(missing)
    told += [f"{name} broke off: {why} (-v shows more)" for name, why in night.broken.items()]
    told += [words for name in night.steps if (words := _still_out(night, name))]
    return told + [f"{night.settings.landing}/{stray} is read by no contract" for stray in night.state.zone.strays]


def _still_out(night: Night, name: str) -> str:
    """Nights that an earlier run stopped, and that nobody mended since: what is made is made without them."""
    if night.steps[name].table.write != "delivery":  # the rest is of its own as_of
        return ""
    of_run = night.reports[name].counts if name in night.reports else {}
    out = sorted(d for d in night.state.stopped.get(name, {}) if d.night < night.as_of and d not in of_run)
    if not out:
        return ""
    nights = f"{out[0].night} to {out[-1].night}" if len(out) > 1 else f"{out[0].night}"
    channels = " and ".join(sorted({delivery.channel for delivery in out}))
    return (
        f"{name}: {len(out)} nights of {channels} that stopped before are still out ({nights}): they are tried again "
        "when their files, the contract or the code change, or when such a night is run by itself"
    )


def of_report(report: Report) -> tuple[str, ...]:
    """A closing line of a table that was built."""
    deliveries = report.published() or set(report.counts)
    delivered, flawed = report.total("delivered"), report.total("flawed")
    quality = f"{1 - flawed / delivered:.2%}" if delivered else ""
    rows, rejected = report.total("published", deliveries), report.total("rejected")
    version = "" if report.version is None else str(report.version)
    return (report.table, report.outcome(), f"{rows:,}", f"{rejected:,}", quality, f"{report.seconds:.1f}", version)


def of_step(step: Step, lake: Path, as_of: date, is_stopped: bool, is_broken: bool) -> tuple[str, ...]:
    """A closing line of a table that was not built, without figures: they would be of another run."""
    commit = ledger.newest(lake, step.table.name)
    word = {"hold": "HELD", "build": "not built yet", "skip": "unchanged"}[step.action]
    if step.table.shows_newest and commit is not None and max(commit.made).night > as_of:
        word = "left alone"
    word = "STOPPED" if is_stopped else "BROKE OFF" if is_broken else word
    if word == "unchanged" and commit is None:
        word = NEVER
    version = str(commit.version) if commit and word in ("unchanged", "left alone") else ""
    return (step.table.name, word, "", "", "", "", version)
