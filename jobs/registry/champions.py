"""Which version of a model scores a night: asked of ``ops.models``, without Spark and without MLflow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import expectations
from jobs.lake import ledger, small_tables

LEDGER = expectations.TABLES["ops.models"]


class OtherCode(Exception):
    """A registered model was made by code that has changed since, and can no longer be asked."""


@dataclass(frozen=True)
class Version:
    """A line of ``ops.models``."""

    model: str
    version: int
    trained_as_of: date
    fitted_until: date
    metric: str
    score: float
    baseline_name: str
    baseline: float
    champion_version: int | None
    champion_score: float | None
    promoted_as_of: date | None
    why_not: str | None
    metrics: dict[str, float]
    fingerprint: str

    def told(self) -> str:
        """One line for people."""
        outcome = f"champion from {self.promoted_as_of}" if self.promoted_as_of else f"not promoted: {self.why_not}"
        baseline = f"{self.baseline_name} {self.baseline:.4g}"
        return f"version {self.version}, {self.metric} {self.score:.4g} ({baseline}), {outcome}"


def versions(lake: Path, model: str) -> list[Version]:
    """All versions of a model, in order."""
    rows = small_tables.read(ledger.path(lake, LEDGER.name), LEDGER)
    found = (Version(**row | {"metrics": dict(row["metrics"])}) for row in rows if row["model"] == model)
    return sorted(found, key=lambda line: line.version)


def champion(of: list[Version], as_of: date) -> Version | None:
    """The version promoted last on or before ``as_of``."""
    promoted = [line for line in of if line.promoted_as_of and line.promoted_as_of <= as_of]
    return max(promoted, key=lambda line: (line.promoted_as_of, line.version), default=None)


def note(lake: Path, line: Version) -> None:
    """Write a line of the ledger, in place of one of the same version."""
    row = tuple(getattr(line, column.name) for column in LEDGER.columns)
    where = f"model = '{line.model}' and version = {line.version}"
    small_tables.replace(ledger.path(lake, LEDGER.name), LEDGER, [row], where)
