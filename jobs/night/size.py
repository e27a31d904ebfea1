"""Spark set by the size of a night: what one task does in a moment is not planned for many."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyspark.sql import SparkSession

import expectations
from jobs.lake import ledger, transaction
from jobs.night.step import Step

SMALL, OF_A_TASK = 64 * 2**20, 16 * 2**20  # bytes of files
PARTITIONS, ADAPTS = "spark.sql.shuffle.partitions", "spark.sql.adaptive.enabled"


def fit(spark: SparkSession, size: int) -> None:
    """Shuffle into few partitions and plan once where ``size`` bytes are small; else as Spark's own settings say."""
    given = spark.sparkContext.getConf()
    of_small = {PARTITIONS: str(1 + size // OF_A_TASK), ADAPTS: "false"}
    for name, usual in {PARTITIONS: "200", ADAPTS: "true"}.items():
        spark.conf.set(name, of_small[name] if size <= SMALL else given.get(name, usual))


def beside(spark: SparkSession, size: int) -> SparkSession:
    """A session with the settings of ``spark``, set by a ``size`` of its own."""
    other, given = spark.newSession(), spark.conf.getAll
    for name in (name for name in given if other.conf.isModifiable(name)):
        other.conf.set(name, given[name])
    fit(other, size)
    return other


def of_run(lake: Path, steps: Iterable[Step], is_full: bool) -> int:
    """Bytes that a run reads: what came, and what is kept of before, or all of it."""
    came = sum(file.size for step in steps for file in step.files)
    return came + of_tables(lake, ("delivery", "kept", "state") if is_full else ("kept", "state"))


def of_tables(lake: Path, written: Iterable[str]) -> int:
    """Bytes of the tables that are written in these ways."""
    tables = [table for table in expectations.TABLES.values() if table.write in written]
    return sum(transaction.size(ledger.path(lake, table.name)) for table in tables)
