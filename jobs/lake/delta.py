"""The only file that reads or writes Delta with Spark: whose rows they are, said once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

import expectations
from expectations.contract import WARNING, WHY, Table
from jobs.lake import ledger, newest
from jobs.lake.ledger import in_deliveries, in_nights, path
from jobs.lake.report import Delivery

REJECTED = "table_name string, night date, file string, line long, item int, reasons array<string>"


class ShapeError(Exception):
    """The contract's columns do not fit the table in the lake."""


def exists(lake: Path, name: str) -> bool:
    return bool(ledger.log(lake, name))


def empty(spark: SparkSession, table: Table) -> DataFrame:
    """A frame of the contract's shape with no rows."""
    return spark.createDataFrame([], ", ".join(f"{column.name} {column.type}" for column in table.made))


def read(spark: SparkSession, lake: Path, table: Table, as_of: date) -> DataFrame:
    """The table as known at the end of ``as_of``: of each feed the newest version of what it delivers."""
    commit = ledger.newest(lake, table.name)
    if not commit:
        return empty(spark, table)
    names = [column.name for column in table.made]
    return spark.sql(newest.query(table, commit, _stored(lake, table), names, as_of))


def versions(spark: SparkSession, lake: Path, table: Table, deliveries: Iterable[Delivery]) -> DataFrame:
    """All that the table holds of some deliveries, whatever came later."""
    if not exists(lake, table.name):
        return empty(spark, table)
    names = ", ".join(column.name for column in table.made)
    return spark.sql(f"select {names} from {_stored(lake, table)} where {in_deliveries('delivered_on', deliveries)}")


def of_files(spark: SparkSession, lake: Path, feed: Table, names: Iterable[str]) -> DataFrame:
    """What the table holds of some landing files."""
    rows = spark.read.format("delta").load(str(path(lake, feed.name)))
    return rows.where(F.col("file").isin(list(names))).select(*(column.name for column in feed.stored))


def of_other_nights(spark: SparkSession, lake: Path, table: Table, nights: set[date]) -> DataFrame:
    """All that the table holds of nights but these."""
    return (
        spark.read.format("delta").load(str(path(lake, table.name))).where(f"not {in_nights('delivered_on', nights)}")
    )


def nights_again(table: Table, rows: DataFrame, others: DataFrame) -> set[date]:
    """Nights of both frames that share a key, or parts of a whole, with another night."""
    found: set[date] = set()
    for unit in sorted({newest.replaced(table, feed) for feed in expectations.feeds(table)}):
        here = rows.select(*unit, F.col("delivered_on").alias("_here_on")).distinct()
        both = others.select(*unit, "delivered_on").join(here, list(unit)).where("delivered_on <> _here_on")
        found |= {night for row in both.select("delivered_on", "_here_on").distinct().collect() for night in row}
    return found


def delivered(spark: SparkSession, lake: Path, feed: Table, nights: Iterable[date]) -> DataFrame:
    """Readable rows of a feed that came in ``nights``."""
    if not exists(lake, feed.name):
        return empty(spark, feed)
    rows = spark.read.format("delta").load(str(path(lake, feed.name)))
    return rows.where(in_nights("delivered_on", nights)).where(f"{WHY.name} is null").drop(WHY.name, WARNING.name)


def publish(
    spark: SparkSession, lake: Path, table: Table, frame: DataFrame, deliveries: set[Delivery], note: str
) -> None:
    """Replace the run's own rows in one commit that carries ``note``; nobody else's are touched."""
    commit = ledger.newest(lake, table.name)
    shape = {column.name: column.type for column in table.stored}
    is_new_shape = commit is not None and not set(commit.shape.items()) <= set(shape.items())
    is_whole = table.write in ("current", "state")
    _create(spark, lake, table)
    target = path(lake, table.name)
    writer = (
        frame.select(*shape).write.format("delta").options(**_told(lake, table, note)).option("mergeSchema", "true")
    )
    if is_new_shape and commit and not set(commit.made) <= deliveries and not is_whole:
        raise ShapeError(
            f"{table.name}: a column was removed or changed its type. Nights outside this run still have the old one: "
            "rebuild the table with --full."
        )
    if is_whole or is_new_shape:
        writer.option("overwriteSchema", "true").mode("overwrite").save(str(target))
    elif commit and deliveries.isdisjoint(commit.made):
        writer.mode("append").save(str(target))
    else:
        writer.option("replaceWhere", in_deliveries(table.night_column, deliveries)).mode("overwrite").save(str(target))


def _told(lake: Path, table: Table, note: str) -> dict[str, str]:
    """Options of a write that must leave a commit even when it has no rows: Delta skips one with nothing in it, but a
    transaction number is something."""
    version = len(ledger.log(lake, table.name))
    return {"userMetadata": note, "txnAppId": "guanxi", "txnVersion": str(version)}


def publish_rejected(
    spark: SparkSession, lake: Path, table: Table, rejected: DataFrame, deliveries: set[Delivery]
) -> None:
    """Bad rows of these deliveries, with their reasons, in one fixed shape that holds no personal value."""
    target = path(lake, f"{table.name}__rejected")
    spark.sql(
        f"create table if not exists delta.`{target}` ({REJECTED}) using delta "
        f"comment 'Rows of {table.name} that broke a rule, and why.'"
    )
    writer = rejected.write.format("delta").mode("overwrite").option("replaceWhere", in_deliveries("night", deliveries))
    writer.save(str(target))


def drop(spark: SparkSession, lake: Path, table: Table, deliveries: set[Delivery], note: str) -> None:
    """Remove whole deliveries of a table, in one commit that carries ``note``."""
    target = path(lake, table.name)
    nothing = empty(spark, table).withColumn(table.night_column, F.lit(None).cast("date"))
    writer = nothing.write.format("delta").mode("overwrite").options(**_told(lake, table, note))
    writer.option("replaceWhere", in_deliveries(table.night_column, deliveries)).save(str(target))


def optimize(spark: SparkSession, lake: Path, name: str) -> None:
    """Join small files, and remove the files that no version of the last week needs."""
    target = path(lake, name)
    spark.sql(f"optimize delta.`{target}`")
    spark.sql(f"vacuum delta.`{target}`")


def _stored(lake: Path, table: Table) -> str:
    return f"delta.`{path(lake, table.name)}`"


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
