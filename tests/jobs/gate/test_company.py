"""What is staged row by row, and again where rows have company, is what windows over all rows make of them."""

import random
from datetime import date, timedelta

import pytest
from pyspark.sql import functions as F

import expectations
from jobs.gate import company, flags
from jobs.lake import files
from tests.conftest import DAY

TABLE = expectations.TABLES["silver.order_lines"]  # two feeds of whole orders, one of lines
BAD = next(rule.name for rule in TABLE.rules if rule.rejects)
SCHEMA = "order_id string, line_id string, file string, line long, delivered_on date, flaws array<string>"


def frame(spark, rows):
    """Rows of the table's shape: what they do not say is null."""
    told = spark.createDataFrame(rows, SCHEMA).withColumn("channel", F.substring_index("file", "/", 1))
    others = [column for column in TABLE.stored if column.name not in told.columns]
    told = told.withColumns({column.name: F.lit(None).cast(column.type) for column in others})
    return told.select(*(column.name for column in TABLE.stored))


def row(order, line_id, feed="app/orders", night=0, line=1, flaws=()):
    on = DAY + timedelta(days=night)
    return order, line_id, f"{feed}/{on}/f", line, on, list(flaws)


def stage(spark, rows, folder):
    alone = flags.with_bad(TABLE, frame(spark, rows))
    goes = F.when(F.col(flags.IS_BAD), files.REJECTED).otherwise(files.PUBLISHED)
    files.write(TABLE, alone.withColumn(files.GOES, goes), folder)


def told(rows):
    found = rows.select("file", "line", files.GOES, "superseded_on", "flaws").collect()
    good = {(r.file, r.line): (r.goes, r.superseded_on) for r in found if r.goes != files.REJECTED}
    return good, {(r.file, r.line): sorted(r.flaws) for r in found if r.goes == files.REJECTED}


@pytest.mark.parametrize("seed, nights", [(1, 1), (2, 3)])
def test_it_is_what_windows_over_all_rows_make(spark, tmp_path, seed, nights):
    draw = random.Random(seed)
    feeds, orders = ["app/orders", "delivery/orders", "store/sales"], ["o1", "o2", "o3", "o4", "o5", None]
    rows = [
        row(draw.choice(orders), draw.choice("ab"), draw.choice(feeds), draw.randrange(nights), n, [BAD] * (n % 9 == 0))
        for n in range(40)
    ]
    for part in (rows[:20], rows[20:]):
        stage(spark, part, tmp_path / "s")
    assert company.settle(spark, TABLE, tmp_path / "s", nights)
    every = flags.among_others(TABLE, flags.with_bad(TABLE, frame(spark, rows)), nights)
    found = told(files.unseen(spark, TABLE, tmp_path / "s"))
    assert found == told(every)
    assert {way for way, _ in found[0].values()} == {files.PUBLISHED, files.REPEATED}


def test_files_of_rows_that_stand_alone_are_left_alone(spark, tmp_path):
    alone = [row("o1", "a"), row("o1", "b", line=2), row("o1", "a", "store/sales"), row("o2", "a", night=1)]
    stage(spark, [*alone, row("o3", "a", "store/sales", line=3, flaws=[BAD])], tmp_path / "s")
    assert not company.settle(spark, TABLE, tmp_path / "s", 2)
    before = set(files.paths(tmp_path / "s"))
    stage(spark, [row("o4", "a", line=8), row("o4", "b", line=9, flaws=[BAD])], tmp_path / "s")
    assert company.settle(spark, TABLE, tmp_path / "s", 2)
    assert before < set(files.paths(tmp_path / "s"))
    _, rejected = told(files.unseen(spark, TABLE, tmp_path / "s"))
    assert rejected == {
        (f"store/sales/{DAY}/f", 3): [BAD],
        (f"app/orders/{DAY}/f", 8): [flags.OF_A_WHOLE],
        (f"app/orders/{DAY}/f", 9): [BAD],
    }


def test_no_month_is_lost_where_two_nights_lie_in_two(spark, tmp_path):
    stage(spark, [row("o1", "a", night=(date(2017, 2, 1) - DAY).days), row("o1", "a")], tmp_path / "s")
    company.settle(spark, TABLE, tmp_path / "s", 2)
    found, _ = told(files.unseen(spark, TABLE, tmp_path / "s"))
    assert found == {
        (f"app/orders/{DAY}/f", 1): (files.PUBLISHED, date(2017, 2, 1)),
        ("app/orders/2017-02-01/f", 1): (files.PUBLISHED, None),
    }
