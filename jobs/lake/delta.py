"""Delta tables as frames. Which files they are of says delta-rs, and Spark reads them as plain parquet: Delta in Spark
would run jobs of its own to read its log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from expectations.contract import IS_THERE, WARNING, WHY, Column, Table
from jobs.arrow import arrow_type, ddl
from jobs.lake import ledger, newest, sql, transaction
from jobs.lake.ledger import in_deliveries, in_nights, path
from jobs.lake.report import Delivery


def exists(lake: Path, name: str) -> bool:
    return bool(ledger.log(lake, name))


def empty(spark: SparkSession, table: Table) -> DataFrame:
    """A frame of the contract's shape with no rows."""
    return _of_shape(spark, table.made)


@dataclass(frozen=True)
class Known:
    """Rows of a table that lie in ``files`` and fulfil a condition; ``of_orders`` alone, where it names some: a parquet
    file of them, and their columns. Spark has them as a frame, DuckDB sums them."""

    table: Table
    files: Sequence[Path | str]
    condition: str = "true"
    of_orders: tuple[Path, tuple[str, ...]] | None = None

    def where(self, condition: str) -> Known:
        return replace(self, condition=f"({self.condition}) and ({condition})")

    def frame(self, spark: SparkSession) -> DataFrame:
        """The contract's columns."""
        columns = self.table.stored if self.table.write == "delivery" else self.table.made
        rows = of_paths(spark, self.files, columns)
        if self.of_orders:
            orders, whole = self.of_orders
            rows = rows.join(spark.read.parquet(str(orders)), list(whole), "leftsemi")
        return rows.where(self.condition).select(*(column.name for column in self.table.made))

    def sums(self, asked: Sequence[str]) -> Sequence[Any]:
        """What the aggregates ``asked`` come to."""
        [found] = self._found(f"select {', '.join(asked)} from known")
        return found

    def repeated(self) -> int:
        """Rows whose key stands more than once; a null is a value like any other."""
        many = f"select count(*) as rows from known group by {', '.join(self.table.key)} having rows > 1"
        [[found]] = self._found(f"select coalesce(sum(rows), 0) from ({many})")
        return int(found)

    def _found(self, query: str) -> list[tuple]:
        with sql.connect() as db:
            # no row, and all columns: a file of before a contract gained one lacks it
            db.register("shape", pa.schema([(c.name, arrow_type(c.type)) for c in self.table.stored]).empty_table())
            rows = f"(from shape union all by name from {sql.parquet(self.files)})" if self.files else "shape"
            if self.of_orders:
                orders, whole = self.of_orders
                rows = f"{rows} semi join '{orders}' using ({', '.join(whole)})"
            return db.execute(f"with known as (from {rows} where {self.condition}) {query}").fetchall()


def known(lake: Path, table: Table, as_of: date) -> Known:
    """The table as known at the end of ``as_of``: of each feed the newest version of what it delivers."""
    commit, folder = ledger.newest(lake, table.name), path(lake, table.name)
    if not commit:
        return Known(table, ())
    if table.write == "snapshot":
        return Known(table, transaction.files(folder, lambda file: file["partition.as_of"] == as_of))
    if table.write == "log":
        return Known(table, transaction.files(folder, lambda file: file["partition.as_of"] <= as_of))
    may_be_known = transaction.files(folder, lambda file: transaction.may_hold(file, date.min, as_of))
    return Known(table, may_be_known, newest.condition(table, commit, as_of))


def read(spark: SparkSession, lake: Path, table: Table, as_of: date) -> DataFrame:
    """The table as known at the end of ``as_of``, as a frame."""
    return known(lake, table, as_of).frame(spark)


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
    return spark.read.schema(ddl(columns)).parquet(*names) if names else _of_shape(spark, columns)


def _of_nights(spark: SparkSession, lake: Path, table: Table, nights: set[date]) -> DataFrame:
    """What lies in the files that may hold rows of ``nights``."""
    first, last = min(nights, default=date.max), max(nights, default=date.min)
    return frame(spark, path(lake, table.name), table.stored, lambda file: transaction.may_hold(file, first, last))


def _of_shape(spark: SparkSession, columns: Iterable[Column]) -> DataFrame:
    return spark.createDataFrame([], ddl(columns))
