"""Whom a model learned from, as histograms of its features and scores: what drift is measured by, night by night."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

import expectations
from expectations.contract import Model, Table
from jobs import storage
from jobs.models import drift
from jobs.models.drift import Histogram

NUMBERS = ("int", "long", "double", "decimal")


def scored_by(model: Model) -> Table:
    """The table that shows its scores."""
    return next(table for table in expectations.TABLES.values() if model.name in table.uses)


def features(model: Model) -> list[str]:
    """The numbers that it is asked with."""
    source = expectations.TABLES[model.made_from[0]]
    return [c.name for c in source.columns if c.type.startswith(NUMBERS) and c.name not in source.key]


def keep(lake: Path, model: Model, version: int, fitted: Any, customers: pd.DataFrame) -> None:
    """``customers``: rows of the first table that it is made from, as known at the cut, of whom it is asked about."""
    scores = fitted.predict(customers)
    told = {name: drift.histogram(customers[name]) for name in features(model)}
    told |= {name: drift.histogram(scores[name]) for name in model.scores}
    storage.write(_file(lake, model, version), json.dumps(drift.as_data(told)))


def load(lake: Path, model: Model, version: int) -> dict[str, Histogram] | None:
    """None for a version of before there were any."""
    file = _file(lake, model, version)
    return drift.from_data(json.loads(storage.read(file))) if storage.is_file(file) else None


def _file(lake: Path, model: Model, version: int) -> Path:
    return lake / "models" / model.name / f"{version}.reference.json"
