"""A model is data: its parameters as JSON in the lake. A night is scored from there, without MLflow and without the
code that fitted them."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from jobs import storage
from jobs.imported import imported
from jobs.models.scoring import Champion
from jobs.registry.champions import OtherCode, Version


def text(model: Any) -> str:
    """A fitted model as JSON: its class (in ``jobs.models``), the number of its format, its parameters."""
    kind = type(model)
    name = f"{kind.__module__.rpartition('.')[2]}.{kind.__name__}"
    return json.dumps({"class": name, "format": kind.FORMATS[-1], "parameters": model.as_data()})


def model(told: str) -> Any:
    """The model that ``text`` tells of. ValueError where its class reads that format no longer."""
    said = json.loads(told)
    module, _, name = said["class"].partition(".")
    kind = getattr(imported(f"jobs.models.{module}"), name)
    if said["format"] not in kind.FORMATS:
        raise ValueError(f"format {said['format']}, and {name} reads {' and '.join(map(str, kind.FORMATS))}")
    return kind.from_data(said["parameters"])


def keep(lake: Path, name: str, version: int, model: Any) -> None:
    """Before ``ops.models`` names the version."""
    storage.write(_file(lake, name, version), text(model))


def is_kept(lake: Path, name: str, version: int) -> bool:
    return storage.is_file(_file(lake, name, version))


def load(lake: Path, name: str, version: int) -> Any:
    """The model as ``fit`` made it. OtherCode where it can no longer be asked."""
    try:
        return _tried(storage.read(_file(lake, name, version)))
    except Exception as error:  # what other code wrote fails in any way
        raise OtherCode(
            f"{name} version {version} was made by other code: make convert-models, or make retrain"
        ) from error


@lru_cache(maxsize=8)
def _tried(told: str) -> Any:
    """Asked once what it would say: of identity that takes half a second, and a training asks for it at ten cuts."""
    found = model(told)
    found.predict(found.example())
    return found


def loaded(lake: Path, version: Version) -> Champion:
    """A version as a job is given it."""
    return Champion(version.version, load(lake, version.model, version.version))


def _file(lake: Path, name: str, version: int) -> Path:
    return lake / "models" / name / f"{version}.json"
