"""What became of each table in a night, for those who ask from outside: Airflow's page, an alert. No Spark needed."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from jobs import storage
from jobs.lake import ledger
from jobs.lake.report import Report

if TYPE_CHECKING:
    from jobs.night.night import Night

State = Literal["published", "unchanged", "stopped", "held", "broke off"]


@dataclass(frozen=True)
class Outcome:
    """``words``: why, without a value; ``page``: what the gate saw; ``figures``: of what was published."""

    state: State
    words: str = ""
    page: str = ""
    figures: dict[str, int | float | str | None] = field(default_factory=dict)

    @property
    def is_red(self) -> bool:
        return self.state not in ("published", "unchanged")

    def told(self) -> str:
        """A sentence, and where to look."""
        see = f" See {self.page}" if self.page and self.state == "stopped" else ""
        return f"{self.state}: {self.words}.{see}" if self.words else self.state


def begin(lake: Path, as_of: date) -> datetime:
    """A run of a night begins; when its first try began, if that one was killed."""
    if since := _unfinished(lake, as_of):
        return since
    since = datetime.now(UTC)
    _write(lake, as_of, {"began_at": since.isoformat()})
    return since


def finish(night: Night, since: datetime) -> dict[str, Outcome]:
    """Outcomes of a run that began at ``since``, by table; of a step that lives in its run only, what went wrong.
    Also told in ``<lake>/nights/<as_of>.json``."""
    lake, found = night.settings.lake, dict[str, Outcome]()
    for name, step in night.steps.items():
        if name in night.broken:
            found[name] = Outcome("broke off", night.broken[name])
        elif name in night.reports:
            found[name] = _of_report(night.reports[name], str(night.pages.get(name, "")))
        else:
            is_held = step.action == "hold"
            told = Outcome("held" if is_held else "unchanged", step.reason)
            found[name] = told if is_held else _published(lake, name, night.as_of, since) or told
        if step.table.write == "run" and not found[name].is_red:
            found.pop(name)
    _write(lake, night.as_of, {"tables": {name: asdict(of) for name, of in found.items()}})
    return found


def summary(outcomes: dict[str, Outcome]) -> str:
    """How many tables came to what end, in a line."""
    count = Counter(outcome.state for outcome in outcomes.values())
    return ", ".join(f"{count[state]} {state}" for state in get_args(State) if count[state])


def read(lake: Path, as_of: date) -> dict[str, Outcome]:
    """What the last run of a night came to; nothing where it did not come to its end."""
    return {name: Outcome(**of) for name, of in _read(lake, as_of).get("tables", {}).items()}


def of_table(lake: Path, name: str, as_of: date) -> Outcome:
    """What the last run of a night did to a table, if only as far as it came."""
    since = _unfinished(lake, as_of)
    found = _published(lake, name, as_of, since) if since else read(lake, as_of).get(name)
    return found or Outcome("broke off", "the night ended before it came to this table")


def _published(lake: Path, name: str, as_of: date, since: datetime) -> Outcome | None:
    """What a night published that began at ``since``. A try of it that was killed may have published what the next one
    found unchanged, and could not say so: the table's own commits know."""
    commit = ledger.newest(lake, name)
    report = commit.report if commit else None
    if report and report.counts and report.as_of == as_of and report.published_at and report.published_at >= since:
        return _of_report(report, "")
    return None


def _of_report(report: Report, page: str) -> Outcome:
    """A table whose newest night stopped in a channel has stopped; one that stopped in an older night goes on."""
    words = "; ".join([*report.why(), *(f"made without {name}" for name in report.missing)])
    published = report.published()
    is_stopped = any(delivery.night == report.as_of for delivery in report.stopped)
    if is_stopped or not published:
        return Outcome("stopped", words, page)
    delivered, flawed = (report.total(what, published) for what in ("delivered", "flawed"))
    figures: dict[str, int | float | str | None] = {
        "as_of": report.as_of.isoformat(),
        "rows": report.total("published", published),
        "rejected": report.total("rejected", published),
        "quality": round(1 - flawed / delivered, 4) if delivered else None,
        "version": report.version,
    }
    return Outcome("published", words, page, figures)


def _unfinished(lake: Path, as_of: date) -> datetime | None:
    began_at = _read(lake, as_of).get("began_at")
    return datetime.fromisoformat(began_at) if began_at else None


def _read(lake: Path, as_of: date) -> dict[str, Any]:
    file = _file(lake, as_of)
    return json.loads(storage.read(file)) if storage.is_file(file) else {}


def _write(lake: Path, as_of: date, said: dict[str, Any]) -> None:
    storage.write(_file(lake, as_of), json.dumps(said, indent=1))


def _file(lake: Path, as_of: date) -> Path:
    return lake / "nights" / f"{as_of}.json"
