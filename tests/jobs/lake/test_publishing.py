"""Files that Spark wrote become rows in one commit, and a commit replaces its own rows alone."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from deltalake import DeltaTable

import expectations
from expectations.contract import Table
from jobs.lake import delta, files, ledger, publishing, transaction
from jobs.lake.refused import LayoutError
from jobs.lake.report import Counts, Delivery, Made, Report
from tests.conftest import DAY

SALES = expectations.TABLES["bronze.store_sales"]
NIGHTS = [DAY, DAY + timedelta(days=1), date(2017, 2, 1)]  # two of one month, and one of the next


def publish(spark, lake, *lines: tuple[date, str, str], channel: str = "store", table: Table = SALES) -> None:
    """``(night, channel, basket)`` each a row; what comes again replaces what came."""
    names = {"delivered_on": 0, "file": 1, "basket_id": 2}
    shape = ", ".join(f"{column.name} {column.type}" for column in table.stored)
    values = [(night, f"{door}/sales/{night}/a.csv", basket) for night, door, basket in lines]
    rows = [[of[names[c.name]] if c.name in names else None for c in table.stored] for of in values]
    deliveries = {Delivery(night, door) for night, door, _ in lines} or {Delivery(NIGHTS[0], channel)}
    made = ledger.holds(lake, SALES.name) | {delivery: Made("inputs", "code", 1) for delivery in deliveries}
    report = Report(SALES.name, "run", DAY, {delivery: Counts(1) for delivery in deliveries})
    note = ledger.note(lake, made, {column.name: column.type for column in table.stored}, report)
    folder = lake / ".staging" / str(len(ledger.log(lake, SALES.name)))
    files.write(table, spark.createDataFrame(rows, shape), folder, DAY)
    publishing.publish(spark, lake, table, folder, deliveries, deliveries, note)


def stored(spark, lake) -> list[str]:
    rows = spark.read.format("delta").load(str(ledger.path(lake, SALES.name)))
    return sorted(f"{row.delivered_on} {row.file[:5]} {row.basket_id}" for row in rows.collect())


def test_a_night_that_comes_again_replaces_itself_and_no_neighbour_of_its_month_or_channel(spark, tmp_path):
    publish(spark, tmp_path, *((night, "store", "1") for night in NIGHTS), (NIGHTS[0], "kiosk", "2"))
    publish(spark, tmp_path, (NIGHTS[0], "store", "3"), (NIGHTS[0], "store", "4"), (NIGHTS[2], "kiosk", "5"))
    assert stored(spark, tmp_path) == [
        "2017-01-02 kiosk 2",
        "2017-01-02 store 3",
        "2017-01-02 store 4",
        "2017-01-03 store 1",
        "2017-02-01 kiosk 5",
        "2017-02-01 store 1",
    ]
    read = delta.delivered(spark, tmp_path, SALES, [NIGHTS[1], NIGHTS[2]])
    assert sorted(row.basket_id for row in read.collect()) == ["1", "1", "5"]


def test_a_night_of_no_rows_is_a_commit_and_takes_its_rows_away(spark, tmp_path):
    publish(spark, tmp_path, channel="store")
    assert set(ledger.holds(tmp_path, SALES.name)) == {Delivery(NIGHTS[0], "store")}
    publish(spark, tmp_path, (NIGHTS[0], "store", "1"), (NIGHTS[1], "store", "1"))
    publish(spark, tmp_path, channel="store")
    assert stored(spark, tmp_path) == ["2017-01-03 store 1"]
    assert ledger.newest(tmp_path, SALES.name).report.counts == {Delivery(NIGHTS[0], "store"): Counts(1)}


def test_a_column_that_is_new_reaches_the_table_on_a_night_that_only_adds(spark, tmp_path):
    publish(spark, tmp_path, (NIGHTS[0], "store", "1"), table=replace(SALES, columns=SALES.columns[:3]))
    publish(spark, tmp_path, (NIGHTS[1], "store", "2"))
    rows = spark.read.format("delta").load(str(ledger.path(tmp_path, SALES.name)))
    assert {column.name for column in SALES.columns} <= set(rows.columns) and rows.count() == 2


def test_files_are_passed_over_by_what_the_log_says_of_them(spark, tmp_path):
    for night in NIGHTS:
        publish(spark, tmp_path, (night, "store", "1"))
    folder = ledger.path(tmp_path, SALES.name)
    one = transaction.files(folder, lambda file: file["min.delivered_on"] <= NIGHTS[1] <= file["max.delivered_on"])
    assert len(one) == 1 < len(transaction.files(folder, lambda _: True)) == 3
    assert delta.read(spark, tmp_path, SALES, NIGHTS[1]).count() == 2


def test_what_a_killed_run_left_is_no_row(spark, tmp_path):
    publish(spark, tmp_path, (NIGHTS[0], "store", "1"))
    [file] = transaction.files(ledger.path(tmp_path, SALES.name), lambda _: True)
    left = ledger.path(tmp_path, SALES.name) / "killed/delivered_month=2017-01/part-0.parquet"
    left.parent.mkdir(parents=True)
    left.write_bytes(Path(file).read_bytes())
    assert len(stored(spark, tmp_path)) == delta.delivered(spark, tmp_path, SALES, NIGHTS).count() == 1


def test_a_table_that_plain_files_cannot_tell_is_refused_in_words(spark, tmp_path):
    folder = ledger.path(tmp_path, SALES.name)
    spark.sql(f"create table delta.`{folder}` (file string, delivered_on date) using delta cluster by (delivered_on)")
    with pytest.raises(LayoutError, match="has clustering: another tool or an older Guanxi wrote it"):
        publish(spark, tmp_path, (NIGHTS[0], "store", "1"))


def test_comments_key_and_partition_are_in_the_table(spark, tmp_path):
    publish(spark, tmp_path, (NIGHTS[0], "store", "1"))
    table = DeltaTable(str(ledger.path(tmp_path, SALES.name)))
    assert table.metadata().partition_columns == ["delivered_month"]
    assert table.metadata().configuration["guanxi.key"] == "file, line"
    described = {field.name: field.metadata["comment"] for field in table.schema().fields}
    assert described["basket_id"] == SALES.column("basket_id").description
