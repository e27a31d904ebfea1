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
from typing import Any

from jobs import storage
from jobs.lake import settled
from jobs.lake.report import Counts, Delivery, Fault, Made, Report, Shift


@dataclass(frozen=True)
class Commit:
    """One commit of ours: the version, all that the table holds since, its columns, and what the run did.

    ``seen``: of what is kept, the versions of the tables that it was made from.
    """

    version: int
    made: dict[Delivery, Made]
    shape: dict[str, str]
    report: Report
    seen: dict[str, int]


def note(
    lake: Path,
    made: dict[Delivery, Made],
    shape: dict[str, str],
    report: Report,
    seen: dict[str, int] | None = None,
) -> str:
    """The ``userMetadata`` of a commit to the table that ``report`` is of."""
    told = {
        **asdict(report),
        "as_of": report.as_of.isoformat(),
        "counts": {str(delivery): _compact(asdict(counts)) for delivery, counts in report.counts.items()},
        "stopped": {str(delivery): faults for delivery, faults in report.stopped.items()},
        "version": None,
        "published_at": None,
    }
    said = {**settled.told(path(lake, report.table), made), "shape": shape, "report": told, "seen": seen or {}}
    return json.dumps(said, separators=(",", ":"))


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


def in_deliveries(column: str, deliveries: Iterable[Delivery]) -> str:
    """A predicate for nights of channels: the file that a row came from begins with its channel."""
    nights: dict[str, list[date]] = {}
    for delivery in deliveries:
        nights.setdefault(delivery.channel, []).append(delivery.night)
    if set(nights) <= {""}:
        return in_nights(column, nights.get("", []))
    return " or ".join(f"({in_nights(column, of)} and file like '{name}/%')" for name, of in sorted(nights.items()))


def log(lake: Path, name: str) -> list[Path]:
    """Commits of a table, newest first."""
    found = storage.listed(path(lake, name) / "_delta_log")
    return [file for file in reversed(found) if file.suffix == ".json" and file.stem.isdigit()]


def commits(lake: Path, name: str, after: int = -1) -> Iterator[Commit]:
    """Our commits of a table above version ``after``, newest first; OPTIMIZE and VACUUM are not ours."""
    for file in log(lake, name):
        version = int(file.stem)
        if version <= after:
            return
        info = _info(file)
        if info.get("userMetadata", "").startswith('{"made"'):
            yield _commit(path(lake, name), version, info)


def newest(lake: Path, name: str) -> Commit | None:
    return next(commits(lake, name), None)


def at(lake: Path, name: str, version: int) -> Commit | None:
    """Our commit that made ``version`` of a table; None where it is gone, or not ours."""
    return next((commit for commit in commits(lake, name, version - 1) if commit.version == version), None)


def holds(lake: Path, name: str) -> dict[Delivery, Made]:
    """Deliveries (or ``as_of``) that the table holds."""
    commit = newest(lake, name)
    return commit.made if commit else {}


def memory(lake: Path) -> dict[str, Any]:
    """What the last run noted: ``covered`` (table -> version told), ``stopped`` (table -> delivery -> inputs)."""
    notes = (text for file in log(lake, "ops.runs") if (text := _info(file).get("userMetadata")))
    return json.loads(next(notes, '{"covered": {}, "stopped": {}}'))


def stopped(lake: Path) -> dict[str, dict[Delivery, str]]:
    """Deliveries that a gate stopped, with the fingerprint of the inputs that it stopped."""
    found = memory(lake)["stopped"]
    return {name: {Delivery.of(text): inputs for text, inputs in of.items()} for name, of in found.items()}


def _info(file: Path) -> dict:
    with storage.opened(file) as lines:
        for line in lines:
            if line.startswith(b'{"commitInfo"'):
                return json.loads(line)["commitInfo"]
    return {}


def _commit(folder: Path, version: int, info: dict) -> Commit:
    said = json.loads(info["userMetadata"])
    told = said["report"]
    report = told | {
        "as_of": date.fromisoformat(told["as_of"]),
        "counts": {Delivery.of(text): Counts(**counts) for text, counts in told["counts"].items()},
        "stopped": {Delivery.of(text): tuple(Fault(*of) for of in faults) for text, faults in told["stopped"].items()},
        "missing": tuple(told["missing"]),
        "drift": tuple(Shift(*of) for of in told.get("drift", ())),
        "version": version,
        "published_at": datetime.fromtimestamp(info["timestamp"] / 1000, UTC),
    }
    return Commit(version, settled.read(folder, said), said["shape"], Report(**report), said.get("seen", {}))
