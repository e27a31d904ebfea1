"""Which function makes which table, and what it needs: found by name, never written down."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import inspect
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache, reduce
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import expectations
from expectations.contract import Model, Table
from jobs.session import HOME

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from jobs.models.scoring import Champion


class WiringError(Exception):
    """A channel's function and the contracts do not fit."""


def make(
    table: Table, frames: Mapping[str, DataFrame], as_of: date, champions: Mapping[str, Champion] | None = None
) -> DataFrame:
    """The table's rows from its sources' frames, by full table name, and the champions of the models that it uses."""
    if table.write == "delivery":
        shaped = [_shaped(table, channel, frames) for channel in sorted(expectations.channels(table))]
        union = reduce(lambda one, other: one.unionByName(other), shaped)
        module = _module(f"jobs.silver.{table.short}")
        return getattr(module, table.short)(union) if module else union.select(*(column.name for column in table.made))
    function = job(table)
    needs = inspect.signature(function).parameters
    given: dict[str, Any] = {name.partition(".")[2]: frame for name, frame in frames.items()}
    given |= {"as_of": as_of, **(champions or {})}
    return function(**{name: given[name] for name in needs})


def job(table: Table) -> Callable[..., DataFrame]:
    """The function of a table made from tables: ``jobs/<layer>/<table>.py::<table>``."""
    return getattr(importlib.import_module(f"jobs.{table.name}"), table.short)


def asks_as_of(table: Table) -> bool:
    """A job without ``as_of`` makes the same of the same inputs on any day; a snapshot is of its day."""
    return table.write == "snapshot" or "as_of" in inspect.signature(job(table)).parameters


def _shaped(table: Table, channel: str, frames: Mapping[str, DataFrame]) -> DataFrame:
    """A channel's rows in the common shape: ids in their number spaces, the channel stamped where the table has one,
    and null for what the channel's function leaves out because the channel has no such thing."""
    from pyspark.sql import functions as F

    feeds = [feed for feed in expectations.feeds(table) if feed.channel == channel]
    shaped = _by_channel(table, channel, {feed.short: _in_spaces(feed, frames[feed.name]) for feed in feeds})
    if strange := sorted(set(shaped.columns) - {column.name for column in table.made}):
        raise WiringError(f"{_place(table, channel)} gives {', '.join(strange)}, which {table.name} does not know")
    stamped = {column.name: F.lit(channel) for column in table.columns if column.name == "channel"}
    left_out = [column for column in table.columns if not column.required and column.name not in shaped.columns]
    return shaped.withColumns(stamped | {column.name: F.lit(None).cast(column.type) for column in left_out})


def _by_channel(table: Table, channel: str, rows: dict[str, DataFrame]) -> DataFrame:
    """The channel's function, ``jobs/channels/<channel>.py::<table>``: with one parameter it is called for each feed,
    with several it is given the feeds that they name."""
    function = getattr(importlib.import_module(f"jobs.channels.{channel}"), table.short, None)
    if not function:
        raise WiringError(f"{_place(table, channel)} is not there, and {', '.join(rows)} feed {table.name}")
    needs = list(inspect.signature(function).parameters)
    if len(needs) == 1:
        every = (function(of_feed) for of_feed in rows.values())
        return reduce(lambda one, other: one.unionByName(other, allowMissingColumns=True), every)
    if set(needs) != set(rows):
        raise WiringError(
            f"{_place(table, channel)} takes {', '.join(needs)}; the feeds of {table.name} are {', '.join(rows)}"
        )
    return function(**rows)


def _in_spaces(feed: Table, rows: DataFrame) -> DataFrame:
    from pyspark.sql import functions as F

    return rows.withColumns({c.name: F.concat(F.lit(f"{c.space}:"), F.col(c.name)) for c in feed.columns if c.space})


def _place(table: Table, channel: str) -> str:
    return f"jobs/channels/{channel}.py::{table.short}"


def _module(name: str) -> ModuleType | None:
    return importlib.import_module(name) if importlib.util.find_spec(name) else None


@cache
def code(table: Table) -> str:
    """Fingerprint of the table's contract and job, 8 hex digits: the machine's own code is not part of it."""
    names = [f"expectations.{table.name}", f"jobs.{table.name}"]
    names += [f"jobs.channels.{feed.channel}" for feed in expectations.feeds(table)]
    return _of_files(HOME / f"{name.replace('.', '/')}.py" for name in names)


@cache
def model_code(model: Model) -> str:
    """Fingerprint of the model's contract, of all models' code, and of the steps that make what it learns from."""
    source = expectations.TABLES[model.made_from]
    steps = [code(expectations.TABLES[name]) for name in sorted({source.name, *expectations.steps(source)})]
    folder = sorted((HOME / "jobs/models").glob("*.py"))
    return _of_files([HOME / f"expectations/models/{model.name}.py", *folder]) + "".join(steps)


def _of_files(files: Iterable[Path]) -> str:
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files if file.is_file())).hexdigest()[:8]
