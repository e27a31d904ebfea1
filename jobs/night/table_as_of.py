"""A table as known at the end of any day, the steps that live only in a run made on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession

import expectations
from jobs.lake import delta
from jobs.night import wiring


def table_as_of(
    spark: SparkSession,
    root: Path,
    name: str,
    day: date,
    keep: Callable[[str, DataFrame], DataFrame] = lambda _, frame: frame,
) -> DataFrame:
    """Table ``name`` at ``day``, lazily; ``keep`` may store a shared step that is made, and give it back."""
    table = expectations.TABLES[name]
    if table.write != "run":
        return delta.read(spark, root, table, day)
    frames = {source: table_as_of(spark, root, source, day, keep) for source in table.made_from}
    return keep(name, wiring.make(table, frames, day))
