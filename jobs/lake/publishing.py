"""How rows reach a table, and whose they replace, said once. Spark writes files where nobody sees them, in the table's
own folder; one commit makes them rows."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from pyarrow import compute, dataset
from pyspark.sql import DataFrame, SparkSession

from expectations.contract import FLAWS, LINEAGE, PART, Column, Table
from jobs import storage
from jobs.lake import delta, files, ledger, superseded, transaction
from jobs.lake.ledger import in_deliveries, path
from jobs.lake.report import Delivery

OF_REJECTED = (
    Column("table_name", "string", "The table."),
    Column("night", "date", "Night in whose folder the file lay."),
    *(column for column in (*LINEAGE, PART) if column.name != "delivered_on"),
    Column("reasons", "array<string>", "The rules that the row breaks."),
)


class ShapeError(Exception):
    """The contract's columns do not fit the table in the lake."""


def publish(
    spark: SparkSession,
    lake: Path,
    table: Table,
    folder: Path,
    staged: set[Delivery],
    deliveries: set[Delivery],
    note: str,
) -> None:
    """Make ``deliveries``, of those ``staged`` in ``folder`` by ``write``, the table's, in one commit that carries
    ``note``: they replace the run's own rows and nobody else's. Where all of them go out, none came before and they
    replace nothing, the files are moved and not written again."""
    commit, target, of = ledger.newest(lake, table.name), path(lake, table.name), files.layout(table)
    is_whole = _is_whole(table, commit, deliveries)
    held = set(commit.made) if commit and table.write == "delivery" and not is_whole else set()
    written = folder / f"{files.GOES}={files.PUBLISHED}" if FLAWS in table.stored else folder
    months, met = _months(held & deliveries), None
    if FLAWS in table.stored and (held or deliveries != staged):
        before = transaction.files(target) if held else []
        met = superseded.met(table, files.paths(written), before, deliveries, folder.with_name(f"{folder.name} met"))
        months |= met.months
    if months or deliveries != staged:
        rows = delta.of_paths(spark, files.paths(written), table.stored)
        rows = rows.where(in_deliveries("delivered_on", deliveries))
        rows = _with_neighbours(spark, target, table.stored, rows, months, deliveries, "delivered_on")
        written = _written(of, superseded.marked(spark, table, rows, met) if met else rows, target)
        replaced = sorted(months) or None
    else:
        replaced = None if table.write == "delivery" else sorted(str(delivery) for delivery in deliveries)
        written = _moved(written, target)
    transaction.commit(target, of, files.paths(written), [] if is_whole else replaced, note)


def publish_days(lake: Path, table: Table, folder: Path, days: Collection[date] | None, note: str) -> None:
    """Make what is staged in ``folder`` the table's rows of ``days``, all days where it is None, in one commit that
    carries ``note``. Months are replaced as a whole: their other days are copied."""
    target, of = path(lake, table.name), files.layout(table)
    if days is not None:
        _is_whole(table, ledger.newest(lake, table.name), set())
    written, months = _moved(folder, target), sorted({f"{day:%Y-%m}" for day in days or ()})
    for month in months:
        _copy_others(transaction.of_partition(target, of, month), set(days or ()), written / f"{of.partition}={month}")
    transaction.commit(target, of, files.paths(written), [] if days is None else months or None, note)


def _copy_others(held: list[str], days: set[date], folder: Path) -> None:
    """The rows of files that are not of ``days``, into ``folder``, beside what lies there."""
    if held:
        others = dataset.dataset(held).scanner(filter=~compute.field("ordered_on").isin(sorted(days)))
        name = "others-{i}.parquet"
        dataset.write_dataset(
            others, folder, basename_template=name, format="parquet", existing_data_behavior="overwrite_or_ignore"
        )


def _is_whole(table: Table, commit: ledger.Commit | None, deliveries: set[Delivery]) -> bool:
    """The commit replaces all that the table holds; ShapeError where it must and may not."""
    shape = {(column.name, column.type) for column in table.stored}
    is_new_shape = commit is not None and not set(commit.shape.items()) <= shape
    is_whole = table.write in ("current", "state") or (
        is_new_shape and {delivery for delivery, of in (commit.made if commit else {}).items() if of.rows} <= deliveries
    )
    if is_new_shape and not is_whole:
        raise ShapeError(
            f"{table.name}: a column was removed or changed its type. Nights outside this run still have the old one: "
            "rebuild the table with --full."
        )
    return is_whole


def _moved(written: Path, target: Path) -> Path:
    """What was staged, in the table's own folder."""
    storage.make_folder(target)
    place = target / uuid.uuid4().hex
    if storage.is_folder(written):
        storage.move(written, place)
    return place


def publish_rejected(
    spark: SparkSession, lake: Path, table: Table, rejected: DataFrame, deliveries: set[Delivery]
) -> None:
    """Bad rows of these deliveries, with their reasons, in one fixed shape that holds no personal value."""
    target = path(lake, f"{table.name}__rejected")
    comment = f"Rows of {table.name} that broke a rule, and why."
    of_rejected = transaction.Layout((*OF_REJECTED, files.MONTH), comment, files.MONTH.name)
    held = deliveries if delta.exists(lake, f"{table.name}__rejected") else set()
    months = _months(held)
    rows = _with_neighbours(spark, target, OF_REJECTED, rejected, months, held, "night")
    written = _written(of_rejected, rows, target)
    transaction.commit(target, of_rejected, files.paths(written), sorted(months) or None)


def _months(deliveries: Collection[Delivery]) -> set[str]:
    return {f"{delivery.night:%Y-%m}" for delivery in deliveries}


def _with_neighbours(
    spark: SparkSession,
    target: Path,
    columns: Sequence[Column],
    rows: DataFrame,
    months: set[str],
    deliveries: set[Delivery],
    night: str,
) -> DataFrame:
    """``rows`` of ``deliveries``, with their months, and what the table holds of others in ``months``, which are
    replaced as a whole."""
    if months:
        stored = delta.frame(spark, target, columns, lambda file: file[f"partition.{files.MONTH.name}"] in months)
        rows = rows.unionByName(stored.where(f"not ({in_deliveries(night, deliveries)})"))
    return files.with_month(rows, night)


def _written(of: transaction.Layout, rows: DataFrame, target: Path) -> Path:
    folder = target / uuid.uuid4().hex
    files.write_rows(rows, folder, of.by)
    return folder


def drop(lake: Path, table: Table, deliveries: set[Delivery], note: str) -> None:
    """Remove snapshots of a table, in one commit that carries ``note``."""
    replaced = sorted(str(delivery) for delivery in deliveries)
    transaction.commit(path(lake, table.name), files.layout(table), [], replaced, note)


def optimize(spark: SparkSession, lake: Path, name: str) -> None:
    """Join small files, and remove the files that no version of the last week needs."""
    target = path(lake, name)
    spark.sql(f"optimize delta.`{target}`")
    spark.sql(f"vacuum delta.`{target}`")
