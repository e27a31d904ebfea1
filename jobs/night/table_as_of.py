"""A table as known at the end of any day. What is kept, or lives only in a run, is made on the way; so is a snapshot of
a day that had no night, by the models of now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession

import expectations
from expectations.contract import Table
from jobs.lake import delta, ledger
from jobs.lake.report import Delivery
from jobs.models.scoring import Champion
from jobs.night import wiring
from jobs.registry.champions import champion, versions
from jobs.registry.parameters import loaded
from jobs.session import Settings
from jobs.vault.in_clear import in_clear


def table_as_of(
    spark: SparkSession,
    settings: Settings,
    name: str,
    day: date,
    cut: date | None = None,
    keep: Callable[[str, date, Callable[[], DataFrame]], DataFrame] = lambda _, __, make: make(),
    read: Callable[[SparkSession, Path, Table, date], DataFrame] = delta.read,
) -> DataFrame:
    """Table ``name`` at ``day``, lazily. ``cut``: day of the snapshots that it is made from, where that is another: who
    was whom at a cut, and what these did until ``day``. ``keep`` may store what is made on the way, or know better;
    ``read`` gives what was delivered."""
    table = expectations.TABLES[name]
    if table.write == "snapshot":
        day = cut or day
        if Delivery(day) in ledger.holds(settings.lake, name):
            return delta.read(spark, settings.lake, table, day)
    elif table.write not in ("run", "kept"):
        return read(spark, settings.lake, table, day)

    def make() -> DataFrame:
        frames = dict[str, DataFrame | pa.Table]()
        for source in table.made_from:
            frame = table_as_of(spark, settings, source, day, cut, keep, read)
            frames[source] = in_clear(frame, settings.lake, settings.keys) if table.opens else frame
        for source in wiring.before(table):
            frames[f"{source}{wiring.BEFORE}"] = delta.empty(spark, expectations.TABLES[source])
        return wiring.make(table, frames, day, _champions(settings.lake, table))

    return keep(name, day, make)


def _champions(lake: Path, table: Table) -> dict[str, Champion]:
    newest = {model: champion(versions(lake, model), date.max) for model in table.uses}
    return {model: loaded(lake, version) for model, version in newest.items() if version}
