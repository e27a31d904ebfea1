"""Whom a model learned from, as histograms of its features and scores: what drift is measured by, night by night."""

from __future__ import annotations

import json
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Any

import expectations
from expectations.contract import Model, Table
from jobs import storage
from jobs.models import drift
from jobs.models.drift import Histogram
from jobs.models.examples import Known, drawn, gathered

NUMBERS = ("int", "long", "double", "decimal")


def scored_by(model: Model) -> Table:
    """The table that shows its scores."""
    return next(table for table in expectations.TABLES.values() if model.name in table.uses)


def features(model: Model) -> list[str]:
    """The numbers that it is asked with."""
    source = expectations.TABLES[model.made_from[0]]
    kept_out = {*source.key, *model.ignores}
    return [column.name for column in source.columns if column.type.startswith(NUMBERS) and column.name not in kept_out]


def keep(lake: Path, model: Model, version: int, fitted: Any, known: Known, cut: date) -> None:
    """Of those it is asked about, as known at the cut: what a night gives it, which is what its table is made from."""
    given = [known(name, cut, cut) for name in scored_by(model).made_from if name in model.made_from]
    rows = gathered(drawn(reduce(lambda one, other: one.join(other, "customer_id"), given), key=scored_by(model).key))
    scores = fitted.predict(rows)
    told = {name: drift.histogram(rows[name]) for name in features(model)}
    told |= {name: drift.histogram(scores[name]) for name in model.scores}
    storage.write(_file(lake, model, version), json.dumps(drift.as_data(told)))


def load(lake: Path, model: Model, version: int) -> dict[str, Histogram] | None:
    """None for a version of before there were any."""
    file = _file(lake, model, version)
    return drift.from_data(json.loads(storage.read(file))) if storage.is_file(file) else None


def _file(lake: Path, model: Model, version: int) -> Path:
    return lake / "models" / model.name / f"{version}.reference.json"
