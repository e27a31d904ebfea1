"""How far the customers that a night scores are from those that its model learned from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import expectations
from expectations.contract import Model, Table
from jobs.lake import files
from jobs.lake.delta import Known
from jobs.lake.report import Shift
from jobs.models.drift import Histogram
from jobs.night.inputs import Inputs
from jobs.registry import references


def shifts(inputs: Inputs, table: Table, folder: Path) -> Iterator[Shift]:
    """Of each feature and score of a scored table, whose rows lie in ``folder``; nothing where nobody was scored, or of
    a model that was trained before there was anything to compare with."""
    scored = Known(table, files.paths(folder))
    for model in expectations.used([table]):
        champion = inputs.models.champion(model.name) if model.scores else None
        reference = references.load(inputs.lake, model, champion.version) if champion else None
        if not champion or not reference or not scored.sums(["count(*)"])[0]:
            continue
        asked_about = replace(inputs.rows(model.made_from[0]), of_orders=(folder / "**/*.parquet", table.key))
        yield from _of(model, champion.version, "feature", asked_about, references.features(model), reference)
        yield from _of(model, champion.version, "score", scored, list(model.scores), reference)


def _of(
    model: Model, version: int, kind: str, rows: Known, names: list[str], reference: dict[str, Histogram]
) -> Iterator[Shift]:
    asked = {name: reference[name].asked(name) for name in names if name in reference}
    answers = iter(rows.sums([one for of in asked.values() for one in of]))
    for name, of in asked.items():
        yield Shift(model.name, version, kind, name, *reference[name].shift([next(answers) for _ in of]))
