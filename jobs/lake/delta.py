"""Delta tables as frames. Which files they are of says delta-rs, and Spark reads them as plain parquet: Delta in Spark
would run jobs of its own to read its log."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from expectations.contract import IS_THERE, WARNING, WHY, Column, Table
from jobs.lake import ledger, newest, transaction
from jobs.lake.ledger import in_deliveries, in_nights, path
from jobs.lake.report import Delivery

if TYPE_CHECKING:
    from jobs.lake.touched import Touched


def exists(lake: Path, name: str) -> bool:
    return bool(ledger.log(lake, name))


def empty(spark: SparkSession, table: Table) -> DataFrame:
    """A frame of the contract's shape with no rows."""
    return _of_shape(spark, table.made)


def read(spark: SparkSession, lake: Path, table: Table, as_of: date) -> DataFrame:
    """The table as known at the end of ``as_of``: of each feed the newest version of what it delivers."""
    commit = ledger.newest(lake, table.name)
    if not commit:
        return empty(spark, table)
    if table.write == "snapshot":
        return frame(spark, path(lake, table.name), table.made, lambda file: file["partition.as_of"] == as_of)
    rows = frame(spark, path(lake, table.name), table.stored, lambda file: transaction.may_hold(file, date.min, as_of))
    # a name of its own: another thread may read the table as of another day
    return spark.sql(newest.query(table, commit, "{rows}", [column.name for column in table.made], as_of), rows=rows)


def of_orders(
    spark: SparkSession, lake: Path, table: Table, as_of: date, whole: Iterable[str], of: Touched
) -> DataFrame:
    """What ``read`` gives of those orders alone that are touched: the newest version is chosen among all of theirs."""
    commit, orders = ledger.newest(lake, table.name), spark.read.parquet(str(of.orders))
    if not commit:
        return empty(spark, table)
    rows = of_paths(spark, of.files.get(table.name, []), table.stored).join(orders, list(whole), "leftsemi")
    return spark.sql(newest.query(table, commit, "{rows}", [column.name for column in table.made], as_of), rows=rows)


def versions(spark: SparkSession, lake: Path, table: Table, deliveries: Iterable[Delivery]) -> DataFrame:
    """All that counted of some deliveries of a silver table when they came, whatever came later."""
    asked = set(deliveries)
    rows = _of_nights(spark, lake, table, {delivery.night for delivery in asked}).where(IS_THERE)
    return rows.where(in_deliveries("delivered_on", asked)).select(*(column.name for column in table.made))


def of_files(spark: SparkSession, lake: Path, feed: Table, names: Iterable[str]) -> DataFrame:
    """What the table holds of some landing files."""
    return frame(spark, path(lake, feed.name), feed.stored).where(F.col("file").isin(list(names)))


def delivered(spark: SparkSession, lake: Path, feed: Table, nights: Iterable[date]) -> DataFrame:
    """Readable rows of a feed that came in ``nights``."""
    asked = set(nights)
    rows = _of_nights(spark, lake, feed, asked)
    return rows.where(in_nights("delivered_on", asked)).where(f"{WHY.name} is null").drop(WHY.name, WARNING.name)


def frame(
    spark: SparkSession,
    folder: Path,
    columns: Iterable[Column],
    is_asked: Callable[[dict[str, Any]], bool] = lambda _: True,
) -> DataFrame:
    """``columns`` of the rows in those files of a table that are asked for, all versions."""
    return of_paths(spark, transaction.files(folder, is_asked), columns)


def of_paths(spark: SparkSession, files: Iterable[Path | str], columns: Iterable[Column]) -> DataFrame:
    """``columns`` of the rows in these files."""
    names = [str(file) for file in files]
    return spark.read.schema(_ddl(columns)).parquet(*names) if names else _of_shape(spark, columns)


def _of_nights(spark: SparkSession, lake: Path, table: Table, nights: set[date]) -> DataFrame:
    """What lies in the files that may hold rows of ``nights``."""
    first, last = min(nights, default=date.max), max(nights, default=date.min)
    return frame(spark, path(lake, table.name), table.stored, lambda file: transaction.may_hold(file, first, last))


def _of_shape(spark: SparkSession, columns: Iterable[Column]) -> DataFrame:
    return spark.createDataFrame([], _ddl(columns))


def _ddl(columns: Iterable[Column]) -> str:
    return ", ".join(f"{column.name} {column.type}" for column in columns)
