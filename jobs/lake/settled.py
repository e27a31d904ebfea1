"""What a table was made from, kept small: a commit carries the nights of the newest month, and a line for each month
before. The line names a file beside the table, which is named by what it says: written once, and true for any version.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from jobs import storage
from jobs.lake.refused import ANEW, LayoutError
from jobs.lake.report import Delivery, Made

FOLDER = "_made"  # VACUUM passes over names that begin so


def told(folder: Path, made: dict[Delivery, Made]) -> dict[str, Any]:
    """``made`` as a commit to the table in ``folder`` carries it; the months before the newest are written there."""
    *before, (_, newest) = _by_month(made) or [("", {})]
    return {"made": newest, "settled": {month: _kept(folder, month, of) for month, of in before}}


def read(folder: Path, said: dict[str, Any]) -> dict[Delivery, Made]:
    """What a commit says; LayoutError where a file that it names is gone."""
    made: dict[Delivery, Made] = {}
    for month, digest in said.get("settled", {}).items():
        made |= _month(_file(folder, month, digest))
    return made | _read(said["made"])


def _by_month(made: dict[Delivery, Made]) -> list[tuple[str, dict[str, list]]]:
    months = groupby(sorted(made.items()), lambda of: f"{of[0].night:%Y-%m}")
    return [(month, {str(delivery): _without_empty_ends(of) for delivery, of in nights}) for month, nights in months]


def _without_empty_ends(made: Made) -> list:
    values = [made.inputs, made.code, made.rows, made.files, made.taken_back]
    while not values[-1] and len(values) > 3:
        values.pop()
    return values


def _kept(folder: Path, month: str, nights: dict[str, list]) -> str:
    text = json.dumps(nights, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    if not storage.is_file(file := _file(folder, month, digest)):
        storage.write(file, text)
    return digest


@cache
def _month(file: Path) -> dict[Delivery, Made]:
    try:
        return _read(json.loads(storage.read(file)))
    except FileNotFoundError:
        raise LayoutError(
            f"{file}, which the table's log names, is gone: put it back from a copy. Else: {ANEW}"
        ) from None


def _read(nights: dict[str, list]) -> dict[Delivery, Made]:
    return {Delivery.of(text): Made(*of) for text, of in nights.items()}


def _file(folder: Path, month: str, digest: str) -> Path:
    return folder / FOLDER / f"{month}-{digest}.json"
