"""Spark set by the size of a night: what one task does in a moment is not planned for many."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyspark.sql import SparkSession

import expectations
from jobs.lake import ledger, transaction
from jobs.night.step import Step

SMALL = 64 * 2**20  # bytes of files
OF_SMALL = {"spark.sql.shuffle.partitions": "1", "spark.sql.adaptive.enabled": "false"}


def fit(spark: SparkSession, size: int) -> None:
    """Shuffle into one partition and plan once where ``size`` bytes are small; else as Spark's own settings say."""
    given = spark.sparkContext.getConf()
    usual = {"spark.sql.shuffle.partitions": "200", "spark.sql.adaptive.enabled": "true"}
    for name, value in OF_SMALL.items():
        spark.conf.set(name, value if size <= SMALL else given.get(name, usual[name]))


def of_run(lake: Path, steps: Iterable[Step], is_full: bool) -> int:
    """Bytes that a run reads: what came, and what is kept of before, or all of it."""
    came = sum(file.size for step in steps for file in step.files)
    return came + of_tables(lake, ("delivery", "kept", "state") if is_full else ("kept", "state"))


def of_tables(lake: Path, written: Iterable[str]) -> int:
    """Bytes of the tables that are written in these ways."""
    tables = [table for table in expectations.TABLES.values() if table.write in written]
    return sum(transaction.size(ledger.path(lake, table.name)) for table in tables)
