"""Rows as files of a table: how they lie, and that they are written before anybody sees them."""

from __future__ import annotations

from datetime import date
from functools import reduce
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from expectations.contract import AS_OF, FLAWS, Column, Table
from jobs import storage
from jobs.lake import delta, transaction

MONTH = Column("delivered_month", "string", "Month of the delivery: how the table's files lie.")
DAYS_MONTH = Column("ordered_month", "string", "Month of the business day: how the table's files lie.")
#: How what is written lies apart: only rows to be published become files of the table.
GOES, PUBLISHED, REJECTED, REPEATED = "goes", "published", "rejected", "repeated"


def layout(table: Table) -> transaction.Layout:
    """Columns as stored, comments and key as in the contract; rows lie by the month of their delivery or of their
    business day, a snapshot by its day."""
    month = {"delivery": (MONTH,), "kept": (DAYS_MONTH,)}.get(table.write, ())
    partition = "as_of" if AS_OF in table.stored else "".join(column.name for column in month)
    return transaction.Layout((*table.stored, *month), table.comment, partition, ", ".join(table.key))


def write(table: Table, rows: DataFrame, folder: Path, as_of: date | None = None) -> None:
    """``rows`` as files of the table, which no commit names yet, beside what lies in ``folder``; a snapshot is of
    ``as_of``. Rows of silver that go different ways lie apart."""
    if AS_OF in table.stored:
        rows = rows.withColumn("as_of", F.lit(as_of))
    if table.write == "delivery":
        rows = with_month(rows, "delivered_on")
    if table.write == "kept":  # a file a month
        rows = rows.withColumn(DAYS_MONTH.name, F.date_format("ordered_on", "yyyy-MM")).repartition(DAYS_MONTH.name)
    by = [GOES] * (FLAWS in table.stored) + layout(table).by
    columns = [column.name for column in layout(table).columns]
    write_rows(rows.select(*dict.fromkeys([*columns, *by])), folder, by)


def unseen(spark: SparkSession, table: Table, folder: Path) -> DataFrame:
    """What ``write`` wrote, and nobody sees yet: the table's columns but those that its files are partitioned by."""
    columns = [column for column in table.stored if column.name != layout(table).partition]
    if FLAWS not in table.stored:
        return delta.of_paths(spark, paths(folder), columns)
    every = (PUBLISHED, REJECTED, REPEATED)
    ways = [way for way in every if storage.is_folder(folder / f"{GOES}={way}")] or [PUBLISHED]
    apart = (
        delta.of_paths(spark, paths(folder / f"{GOES}={way}"), columns).withColumn(GOES, F.lit(way)) for way in ways
    )
    return reduce(lambda one, other: one.union(other), apart)


def with_month(rows: DataFrame, night: str) -> DataFrame:
    return rows.withColumn(MONTH.name, F.date_format(night, "yyyy-MM"))


def paths(folder: Path) -> list[Path]:
    return [file for file in storage.every(folder) if file.suffix == ".parquet"]


def write_rows(rows: DataFrame, folder: Path, by: list[str]) -> None:
    files = rows.write.mode("append").option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
    files.partitionBy(*by).parquet(str(folder))
