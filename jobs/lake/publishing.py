"""How rows reach a table, and whose they replace, said once. Spark writes the files; one commit makes them rows."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from expectations.contract import LINEAGE, PART, Column, Table
from jobs.lake import delta, ledger, transaction
from jobs.lake.ledger import in_deliveries, path
from jobs.lake.report import Delivery

MONTH = Column("delivered_month", "string", "Month of the delivery: how the table's files lie.")
REJECTED = (
    Column("table_name", "string", "The table."),
    Column("night", "date", "Night in whose folder the file lay."),
    *(column for column in (*LINEAGE, PART) if column.name != "delivered_on"),
    Column("reasons", "array<string>", "The rules that the row breaks."),
)


class ShapeError(Exception):
    """The contract's columns do not fit the table in the lake."""


def publish(
    spark: SparkSession, lake: Path, table: Table, frame: DataFrame, deliveries: set[Delivery], note: str
) -> None:
    """Replace the run's own rows in one commit that carries ``note``; nobody else's are touched."""
    commit = ledger.newest(lake, table.name)
    shape = {column.name: column.type for column in table.stored}
    is_new_shape = commit is not None and not set(commit.shape.items()) <= set(shape.items())
    held = set(commit.made) if commit else set()
    is_whole = table.write in ("current", "state") or (is_new_shape and held <= deliveries)
    if is_new_shape and not is_whole:
        raise ShapeError(
            f"{table.name}: a column was removed or changed its type. Nights outside this run still have the old one: "
            "rebuild the table with --full."
        )
    rows, target = frame.select(*shape), path(lake, table.name)
    replaced: list[str] | None = sorted(str(delivery) for delivery in deliveries)
    if table.write == "delivery":
        again = set() if is_whole else held & deliveries
        rows, replaced = _with_neighbours(spark, target, table.stored, rows, again, "delivered_on")
    _commit(target, layout(table), rows, [] if is_whole else replaced, note)


def publish_rejected(
    spark: SparkSession, lake: Path, table: Table, rejected: DataFrame, deliveries: set[Delivery]
) -> None:
    """Bad rows of these deliveries, with their reasons, in one fixed shape that holds no personal value."""
    target = path(lake, f"{table.name}__rejected")
    comment = f"Rows of {table.name} that broke a rule, and why."
    of_rejected = transaction.Layout((*REJECTED, MONTH), comment, MONTH.name)
    held = deliveries if delta.exists(lake, f"{table.name}__rejected") else set()
    rows, replaced = _with_neighbours(spark, target, REJECTED, rejected, held, "night")
    _commit(target, of_rejected, rows, replaced)


def _with_neighbours(
    spark: SparkSession, target: Path, columns: Sequence[Column], rows: DataFrame, again: set[Delivery], night: str
) -> tuple[DataFrame, list[str] | None]:
    """``rows`` with their months; and the months in which deliveries come ``again``, which are replaced as a whole: of
    these the rows of all other deliveries are kept."""
    months = sorted({f"{delivery.night:%Y-%m}" for delivery in again})
    if again:
        stored = delta.frame(spark, target, columns, lambda file: file[f"partition.{MONTH.name}"] in months)
        rows = rows.unionByName(stored.where(f"not ({in_deliveries(night, again)})"))
    return rows.withColumn(MONTH.name, F.date_format(night, "yyyy-MM")), months or None


def _commit(target: Path, of: transaction.Layout, rows: DataFrame, replaced: list[str] | None, note: str = "") -> None:
    """Spark writes the files, where nobody sees them; then one commit makes them rows of the table."""
    folder = target / uuid.uuid4().hex
    writer = rows.write.option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
    (writer.partitionBy(of.partition) if of.partition else writer).parquet(str(folder))
    transaction.commit(target, of, sorted(folder.rglob("*.parquet")), replaced, note)


def drop(lake: Path, table: Table, deliveries: set[Delivery], note: str) -> None:
    """Remove snapshots of a table, in one commit that carries ``note``."""
    replaced = sorted(str(delivery) for delivery in deliveries)
    transaction.commit(path(lake, table.name), layout(table), [], replaced, note)


def optimize(spark: SparkSession, lake: Path, name: str) -> None:
    """Join small files, and remove the files that no version of the last week needs."""
    target = path(lake, name)
    spark.sql(f"optimize delta.`{target}`")
    spark.sql(f"vacuum delta.`{target}`")


def layout(table: Table) -> transaction.Layout:
    """Columns as stored, comments and key as in the contract; delivered rows lie by month, a snapshot by its day."""
    of_write = {"delivery": (*table.stored, MONTH), "snapshot": table.stored}
    partition = {"delivery": MONTH.name, "snapshot": "as_of"}.get(table.write, "")
    return transaction.Layout(of_write.get(table.write, table.stored), table.comment, partition, ", ".join(table.key))
