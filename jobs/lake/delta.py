"""The only file that reads or writes Delta with Spark: whose rows they are, said once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as F

import expectations
from expectations.contract import WHY, Table
from jobs.lake import ledger
from jobs.lake.ledger import in_nights, path

REJECTED = "table_name string, night date, file string, line long, reasons array<string>"


class ShapeError(Exception):
    """The contract's columns do not fit the table in the lake."""


def exists(lake: Path, name: str) -> bool:
    return bool(ledger.log(lake, name))


def empty(spark: SparkSession, table: Table, stored: bool = False) -> DataFrame:
    """A frame of the contract's shape with no rows."""
    columns = table.stored if stored else table.made
    return spark.createDataFrame([], ", ".join(f"{column.name} {column.type}" for column in columns))


def read(spark: SparkSession, lake: Path, table: Table, as_of: date) -> DataFrame:
    """The table as known at the end of ``as_of``: of each delivered key the newest version."""
    if not exists(lake, table.name):
        return empty(spark, table)
    frame = spark.read.format("delta").load(str(path(lake, table.name)))
    if table.write == "current":
        return frame
    if table.write == "snapshot":
        return frame.where(F.col("as_of") == F.lit(as_of)).drop("as_of")
    commit = ledger.newest(lake, table.name)
    held = [night for night in commit.nights if night <= as_of] if commit else []
    known = frame.where(F.col("delivered_on") <= F.lit(as_of))
    feeds = expectations.feeds(table)
    is_once = bool(commit and commit.is_once)
    of_feeds = [
        _of_feed(known.where(F.col("channel") == feed.channel) if len(feeds) > 1 else known, table, feed, held, is_once)
        for feed in feeds
    ]
    return reduce(DataFrame.unionByName, of_feeds)


def _of_feed(rows: DataFrame, table: Table, feed: Table, held: list[date], is_once: bool) -> DataFrame:
    """A full snapshot is the newest delivery; of changes, the newest version of each key counts."""
    if feed.delivers == "everything":
        return rows.where(F.col("delivered_on") == F.lit(max(held, default=None)))
    if not is_once:
        newest = Window.partitionBy(*table.key).orderBy(F.desc("delivered_on"))
        rows = rows.withColumn("_nth", F.row_number().over(newest)).where("_nth = 1").drop("_nth")
    return rows.where("not is_deleted") if "is_deleted" in rows.columns else rows


def has_again(spark: SparkSession, lake: Path, table: Table, rows: DataFrame, nights: set[date]) -> bool:
    """Some key of ``rows`` stands in another night of the table too."""
    keys = (
        spark.read.format("delta").load(str(path(lake, table.name))).where(f"not {in_nights('delivered_on', nights)}")
    )
    return not keys.join(F.broadcast(rows.select(*table.key)), list(table.key), "leftsemi").isEmpty()


def delivered(spark: SparkSession, lake: Path, feed: Table, nights: Iterable[date]) -> DataFrame:
    """Readable rows of a feed that came in ``nights``."""
    if not exists(lake, feed.name):
        return empty(spark, feed)
    rows = spark.read.format("delta").load(str(path(lake, feed.name)))
    return rows.where(in_nights("delivered_on", nights)).where(f"{WHY.name} is null").drop(WHY.name)


def publish(spark: SparkSession, lake: Path, table: Table, frame: DataFrame, nights: set[date], note: str) -> None:
    """Replace the run's own rows in one commit that carries ``note``; nobody else's are touched."""
    commit = ledger.newest(lake, table.name)
    shape = {column.name: column.type for column in table.stored}
    is_new_shape = commit is not None and not set(commit.shape.items()) <= set(shape.items())
    _create(spark, lake, table)
    target = path(lake, table.name)
    writer = (
        frame.select(*shape).write.format("delta").options(**_told(lake, table, note)).option("mergeSchema", "true")
    )
    if is_new_shape and commit and not set(commit.nights) <= nights and table.write != "current":
        raise ShapeError(
            f"{table.name}: a column was removed or changed its type. Nights outside this run still have the old one: "
            "rebuild the table with --full."
        )
    if table.write == "current" or is_new_shape:
        writer.option("overwriteSchema", "true").mode("overwrite").save(str(target))
    elif commit and nights.isdisjoint(commit.nights):
        writer.mode("append").save(str(target))
    else:
        writer.option("replaceWhere", in_nights(table.night_column, nights)).mode("overwrite").save(str(target))


def _told(lake: Path, table: Table, note: str) -> dict[str, str]:
    """Options of a write that must leave a commit even when it has no rows: Delta skips one with nothing in it, but a
    transaction number is something."""
    version = len(ledger.log(lake, table.name))
    return {"userMetadata": note, "txnAppId": "guanxi", "txnVersion": str(version)}


def publish_rejected(spark: SparkSession, lake: Path, table: Table, rejected: DataFrame, nights: set[date]) -> None:
    """Bad rows of these nights, with their reasons, in one fixed shape that holds no personal value."""
    target = path(lake, f"{table.name}__rejected")
    spark.sql(
        f"create table if not exists delta.`{target}` ({REJECTED}) using delta "
        f"comment 'Rows of {table.name} that broke a rule, and why.'"
    )
    writer = rejected.write.format("delta").mode("overwrite").option("replaceWhere", in_nights("night", nights))
    writer.save(str(target))


def drop(spark: SparkSession, lake: Path, table: Table, nights: set[date], note: str) -> None:
    """Remove whole nights of a table, in one commit that carries ``note``."""
    target = path(lake, table.name)
    nothing = empty(spark, table).withColumn(table.night_column, F.lit(None).cast("date"))
    writer = nothing.write.format("delta").mode("overwrite").options(**_told(lake, table, note))
    writer.option("replaceWhere", in_nights(table.night_column, nights)).save(str(target))


def optimize(spark: SparkSession, lake: Path, name: str) -> None:
    """Join small files, and remove the files that no version of the last week needs."""
    target = path(lake, name)
    spark.sql(f"optimize delta.`{target}`")
    spark.sql(f"vacuum delta.`{target}`")


def _create(spark: SparkSession, lake: Path, table: Table) -> None:
    """The Delta table, with the contract's comments, key and layout."""
    if exists(lake, table.name):
        return
    quoted = {column.name: column.description.replace("'", "\\'") for column in table.stored}
    columns = ", ".join(f"{column.name} {column.type} comment '{quoted[column.name]}'" for column in table.stored)
    layout = {"snapshot": "partitioned by (as_of)", "delivery": "cluster by (delivered_on)"}.get(table.write, "")
    comment = table.comment.replace("'", "\\'")
    properties = f"'guanxi.key' = '{', '.join(table.key)}', 'delta.logRetentionDuration' = 'interval 3650 days'"
    spark.sql(
        f"create table if not exists delta.`{path(lake, table.name)}` ({columns}) using delta {layout} "
        f"comment '{comment}' tblproperties ({properties})"
    )
