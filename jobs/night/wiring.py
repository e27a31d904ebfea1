"""Which function makes which table, and what it needs: found by name, never written down."""

from __future__ import annotations

import hashlib
import importlib.util
import inspect
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache, reduce
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession

import expectations
from expectations.contract import Model, Table
from jobs.imported import imported
from jobs.night import shaping
from jobs.session import HOME

if TYPE_CHECKING:
    from jobs.models.scoring import Champion

BEFORE = "_before"
OF_MODELS = ("jobs/models/*.py", "jobs/models/lists/*.txt", "jobs/statistics/*.py")


def make(
    table: Table,
    frames: Mapping[str, DataFrame | pa.Table],
    as_of: date,
    champions: Mapping[str, Champion] | None = None,
) -> DataFrame:
    """The table's rows from its sources' frames, by full table name, and the champions of the models that it uses. Of a
    delivered table those of the channels whose frames are given. What the job made on the driver becomes a frame."""
    if table.write == "delivery":
        channels = sorted({feed.channel for feed in expectations.feeds(table) if feed.name in frames})
        shaped = [shaping.shaped(table, channel, frames) for channel in channels]
        union = reduce(lambda one, other: one.unionByName(other), shaped)
        module = _module(f"jobs.silver.{table.short}")
        return getattr(module, table.short)(union) if module else union.select(*(column.name for column in table.made))
    given: dict[str, Any] = {name.partition(".")[2]: frame for name, frame in frames.items()}
    given |= {"as_of": as_of, **dict.fromkeys(table.uses), **(champions or {})}
    made = job(table)(**{name: given[name] for name in needs(table)})
    return SparkSession.active().createDataFrame(made) if isinstance(made, pa.Table) else made


def job(table: Table) -> Callable[..., DataFrame]:
    """The function of a table made from tables: ``jobs/<layer>/<table>.py::<table>``."""
    return getattr(imported(f"jobs.{table.name}"), table.short)


def needs(table: Table) -> Mapping[str, inspect.Parameter]:
    """What the function takes, by name; nothing is looked for in one that channels feed."""
    return inspect.signature(job(table)).parameters if table.made_from else {}


def asks_as_of(table: Table) -> bool:
    """A job without ``as_of`` makes the same of the same inputs on any day; a snapshot is of its day."""
    return table.write in ("snapshot", "log") or "as_of" in needs(table)


def needs_champions(table: Table) -> bool:
    """Without the models that it uses the table is empty; a job that names None for one goes on without."""
    return any(needs(table)[name].default is inspect.Parameter.empty for name in table.uses)


def before(table: Table) -> list[str]:
    """Tables that the job looks at as they were on the newest night before: by its parameters ``<table>_before``."""
    every = (*table.made_from, table.name)
    return [name for name in every if f"{name.partition('.')[2]}{BEFORE}" in needs(table)]


def _module(name: str) -> ModuleType | None:
    return imported(name) if importlib.util.find_spec(name) else None


@cache
def code(table: Table) -> str:
    """Fingerprint of the table's contract and job, 8 hex digits: the machine's own code is not part of it."""
    names = [f"expectations.{table.name}", f"jobs.{table.name}"]
    names += [f"jobs.channels.{feed.channel}" for feed in expectations.feeds(table)]
    return _of_files(HOME / f"{name.replace('.', '/')}.py" for name in names)


@cache
def model_code(model: Model) -> str:
    """Fingerprint of the model's contract, of all models' code, and of the steps that make what it learns from."""
    sources = [expectations.TABLES[name] for name in model.made_from]
    names = {source.name for source in sources}.union(*(expectations.steps(source) for source in sources))
    steps = [code(expectations.TABLES[name]) for name in sorted(names)]
    rooms = [*OF_MODELS, *["jobs/identity/*.py"] * model.opens]
    files = [file for room in rooms for file in sorted(HOME.glob(room))]
    return _of_files([HOME / f"expectations/models/{model.name}.py", *files]) + "".join(steps)


def _of_files(files: Iterable[Path]) -> str:
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files if file.is_file())).hexdigest()[:8]
