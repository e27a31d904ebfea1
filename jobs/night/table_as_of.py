"""A table as known at the end of any day; what is kept, or lives only in a run, is made on the way."""

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
    """Table ``name`` at ``day``, lazily; ``keep`` may store what is made on the way, and give it back."""
    table = expectations.TABLES[name]
    if table.write not in ("run", "kept"):
        return delta.read(spark, root, table, day)
    frames = {source: table_as_of(spark, root, source, day, keep) for source in table.made_from}
    return keep(name, wiring.make(table, frames, day))
