"""What the lake holds, read from the tables' own Delta commits, without Spark.

What a table was made from rides in its commit (``userMetadata``), so it is never ahead of the rows; where it is
lost, the night is made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path

from jobs.lake.report import Counts, Made, Report


@dataclass(frozen=True)
class Commit:
    """One commit of ours: the version, all that the table holds since, its columns, and what the run did."""

    version: int
    nights: dict[date, Made]
    shape: dict[str, str]
    is_once: bool  # proven: no key stands in two nights
    report: Report


def note(nights: dict[date, Made], shape: dict[str, str], is_once: bool, report: Report) -> str:
    """The ``userMetadata`` of a commit."""
    made = {night.isoformat(): f"{m.inputs}:{m.code}:{m.rows}" for night, m in sorted(nights.items())}
    counts = {
        night.isoformat(): {channel: _compact(asdict(c)) for channel, c in by.items()}
        for night, by in report.counts.items()
    }
    told = {
        **asdict(report),
        "as_of": report.as_of.isoformat(),
        "counts": counts,
        "version": None,
        "published_at": None,
    }
    told["stopped"] = {night.isoformat(): why for night, why in report.stopped.items()}
    return json.dumps({"nights": made, "shape": shape, "once": is_once, "report": told}, separators=(",", ":"))


def _compact(counts: dict) -> dict:
    return {name: value for name, value in counts.items() if value}


def path(lake: Path, name: str) -> Path:
    """Folder of a table: ``<lake>/<layer>/<table>``."""
    return lake / name.replace(".", "/")


def in_nights(column: str, nights: Iterable[date]) -> str:
    """A predicate for days, runs of days as ranges, so that a year is one comparison and not 365."""
    days = sorted(set(nights))
    if not days:
        return "false"
    runs = [[day for _, day in run] for _, run in groupby(enumerate(days), lambda pair: pair[1] - timedelta(pair[0]))]
    return "(" + " or ".join(f"({column} >= date'{run[0]}' and {column} <= date'{run[-1]}')" for run in runs) + ")"


def log(lake: Path, name: str) -> list[Path]:
    """Commits of a table, newest first."""
    found = (path(lake, name) / "_delta_log").glob("[0-9]*.json")
    return sorted((file for file in found if file.stem.isdigit()), reverse=True)


def commits(lake: Path, name: str, after: int = -1) -> Iterator[Commit]:
    """Our commits of a table above version ``after``, newest first; OPTIMIZE and VACUUM are not ours."""
    for file in log(lake, name):
        version = int(file.stem)
        if version <= after:
            return
        info = _info(file)
        if info.get("userMetadata", "").startswith('{"nights"'):
            yield _commit(version, info)


def newest(lake: Path, name: str) -> Commit | None:
    return next(commits(lake, name), None)


def holds(lake: Path, name: str) -> dict[date, Made]:
    """Nights (or ``as_of``) that the table holds."""
    commit = newest(lake, name)
    return commit.nights if commit else {}


def memory(lake: Path) -> dict:
    """What the last run noted: ``covered`` (table -> version told), ``stopped`` (table -> night -> inputs)."""
    notes = (text for file in log(lake, "ops.runs") if (text := _info(file).get("userMetadata")))
    return json.loads(next(notes, '{"covered": {}, "stopped": {}}'))


def stopped(lake: Path) -> dict[str, dict[date, str]]:
    """Nights that a gate stopped, with the fingerprint of the inputs that it stopped."""
    found = memory(lake)["stopped"]
    return {name: {date.fromisoformat(night): inputs for night, inputs in of.items()} for name, of in found.items()}


def _info(file: Path) -> dict:
    with file.open() as lines:
        for line in lines:
            if line.startswith('{"commitInfo"'):
                return json.loads(line)["commitInfo"]
    return {}


def _commit(version: int, info: dict) -> Commit:
    said = json.loads(info["userMetadata"])
    nights = {date.fromisoformat(night): _made(made) for night, made in said["nights"].items()}
    told = said["report"]
    counts = {
        date.fromisoformat(night): {channel: Counts(**c) for channel, c in by.items()}
        for night, by in told["counts"].items()
    }
    stopped = {date.fromisoformat(night): why for night, why in told["stopped"].items()}
    report = {**told, "as_of": date.fromisoformat(told["as_of"]), "counts": counts, "stopped": stopped}
    report |= {"version": version, "published_at": datetime.fromtimestamp(info["timestamp"] / 1000, UTC)}
    return Commit(version, nights, said["shape"], said["once"], Report(**report))


def _made(text: str) -> Made:
    inputs, code, rows = text.split(":")
    return Made(inputs, code, int(rows))
