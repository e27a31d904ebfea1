"""Flags and expectations come from one definition, and the gate can fail."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from expectations.contract import Check, Column, Table
from jobs.gate import audit, staging, verdicts
from jobs.gate.validation import Gate
from jobs.lake import files
from jobs.lake.report import Counts, Delivery
from tests.conftest import DAY

QUIRKY = "small things aren't \\blue"  # a description may hold what SQL takes for its own
TABLE = Table(
    name="silver.things",
    description="Things.",
    grain="one row per thing",
    owner="nobody",
    key=("thing_id",),
    write="delivery",
    columns=(
        Column("thing_id", "long", "Thing.", required=True, allowed=0.5),
        Column("size", "int", "Size.", between=(0, 10), allowed=0.5),
        Column("colour", "string", "Colour.", one_of=("red", "blue"), matches="^[a-z]+$", allowed=0.5),
    ),
    checks=(Check(QUIRKY, "size > 3 or colour = 'red'", allowed=0.5, severity="warn"),),
)
ROWS = [
    (1, 5, "red", "shop/f", 2, 1, DAY, 1),
    (None, 5, "blue", "shop/f", 3, 1, DAY, 1),
    (3, 11, "blue", "shop/f", 4, 1, DAY, 1),
    (4, None, "GREEN", "shop/f", 5, 1, DAY, 1),
    (1, 7, "blue", "shop/f", 6, 1, DAY, 1),
]
SCHEMA = "thing_id long, size int, colour string, file string, line long, item int, delivered_on date, part int"
NIGHT = Delivery(DAY, "shop")


@pytest.fixture
def gate(tmp_path):
    return Gate(tmp_path / "quality")


def staged(spark, table, folder, rows=ROWS):
    return staging.stage(spark, table, spark.createDataFrame(rows, SCHEMA), {}, folder, {NIGHT})


def test_each_row_names_the_rules_that_it_breaks(spark, tmp_path):
    broken = {row.line: set(row.flaws) for row in staged(spark, TABLE, tmp_path / "s").frame.collect()}
    assert broken == {
        2: set(),
        3: {"thing_id is present"},
        4: {"size is at least 0 and at most 10"},
        5: {"colour is a known value", "colour has its form", QUIRKY},
        6: set(),
    }


def test_delivered_is_published_and_rejected_and_repeated(spark, tmp_path, gate):
    found = staged(spark, TABLE, tmp_path / "s")
    judged = audit.judge(TABLE, found, {}, gate, datetime.now(UTC))
    counts = found.counts[NIGHT]
    assert (counts.delivered, counts.rejected, counts.repeated, counts.published) == (5, 3, 1, 1)
    assert counts.failing == {"completeness": 1, "accuracy": 2, "consistency": 1}
    assert judged.stopped == {}


def test_counting_while_writing_is_counting_by_night(spark, tmp_path):
    found, other = staged(spark, TABLE, tmp_path / "s"), Delivery(DAY, "kiosk")
    assert staging.count(TABLE, found.frame, {NIGHT, other}) == {**found.counts, other: Counts()}


def test_what_a_lost_executor_counted_and_another_counted_again_is_counted_once(spark, tmp_path, monkeypatch):
    once = staged(spark, TABLE, tmp_path / "s", ROWS[:4]).counts
    counts, asked = staging._counts, list[str]()

    def first_twice(table, found):
        asked.append(table.name)
        return counts(table, {name: n * (2 if len(asked) == 1 else 1) for name, n in found.items()})

    monkeypatch.setattr(staging, "_counts", first_twice)
    assert staged(spark, TABLE, tmp_path / "t", ROWS[:4]).counts == once


def test_the_last_of_a_repeated_key_stays(spark, tmp_path):
    rows = staged(spark, TABLE, tmp_path / "s").frame.where("thing_id = 1").collect()
    assert {row.line: row.goes == files.REPEATED for row in rows} == {2: True, 6: False}


@pytest.mark.parametrize("is_read", [True, False], ids=["the rows", "the counts"])
def test_a_rule_over_its_limit_stops_the_night(spark, tmp_path, gate, is_read):
    strict = replace(TABLE, columns=(replace(TABLE.columns[0], allowed=0.1), *TABLE.columns[1:]))
    judged = audit.judge(strict, staged(spark, strict, tmp_path / "s"), {}, gate, datetime.now(UTC), is_read)
    [fault] = judged.stopped[NIGHT]
    assert fault.words == "1 of 5 rows break: thing_id is present (allowed: 10.0%)"


@pytest.mark.parametrize("is_read", [True, False], ids=["the rows", "the counts"])
@pytest.mark.parametrize("total", ["sum(size) = 29", "sum(size) = null"])
def test_a_broken_total_stops_everything(spark, tmp_path, gate, is_read, total):
    found = staged(spark, TABLE, tmp_path / "s")
    judged = audit.judge(TABLE, found, {"no size is lost": total}, gate, datetime.now(UTC), is_read)
    assert [fault.words for fault in judged.stopped[NIGHT]] == ["not so: no size is lost"]
    assert not audit.judge(TABLE, found, {"all": "sum(size) = 28"}, gate, datetime.now(UTC), is_read).stopped


@pytest.mark.parametrize("is_read", [True, False], ids=["the rows", "the counts"])
def test_a_key_that_stands_twice_stops_everything(spark, tmp_path, gate, is_read):
    table = replace(TABLE, name="gold.things", write="current", checks=(), columns=(Column("size", "int", "Size."),))
    for key, words in (("size",), ["not so: the key is unique"]), (("line",), []):
        of_key = replace(table, key=key, columns=(*table.columns, Column("line", "long", "Line.")))
        found = staged(spark, of_key, tmp_path / key[0], [*ROWS, (9, None, "red", "shop/f", 7, 1, DAY, 1)])
        stopped = audit.judge(of_key, found, {}, gate, datetime.now(UTC), is_read).stopped
        assert [fault.words for faults in stopped.values() for fault in faults] == words


def test_counts_that_the_files_do_not_hold_are_not_believed(spark, tmp_path, gate):
    strict = replace(TABLE, columns=(replace(TABLE.columns[0], allowed=0.1), *TABLE.columns[1:]))
    found = staged(spark, strict, tmp_path / "s")
    found.counts[NIGHT] = replace(found.counts[NIGHT], delivered=4, broken={}, failing={})  # the bad row is not told of
    with pytest.raises(audit.GateError, match="do not agree on: thing_id is present"):
        audit.judge(strict, found, {}, gate, datetime.now(UTC))


def test_a_rule_that_raises_stops_and_shows_no_value(spark, tmp_path, gate, capfd):
    raising = replace(TABLE, checks=(Check("raises", "cast(colour as int) > 0", severity="warn"),))
    harmless = replace(TABLE, checks=(Check("raises", "true", severity="warn"),))
    frame = staged(spark, harmless, tmp_path / "s")
    judged = audit.judge(raising, frame, {}, gate, datetime.now(UTC), is_read=True)
    gate.build_docs()
    assert [fault.words for fault in judged.stopped[NIGHT]] == ["raises could not be evaluated"]
    shown = b"".join(file.read_bytes() for file in (tmp_path / "quality").rglob("*") if file.is_file())
    told = capfd.readouterr()
    assert b"'red'" not in told.err.encode()
    assert b"GREEN" not in shown + told.out.encode() + told.err.encode()


def test_the_pages_need_no_network_to_tell_and_call_nobody(spark, tmp_path, gate):
    audit.judge(TABLE, staged(spark, TABLE, tmp_path / "s"), {}, gate, datetime.now(UTC))
    index = gate.build_docs()
    assert "silver.things" in index.read_text() and "http" not in index.read_text()
    assert "<td>passed" in index.read_text() and "<td>failed" not in index.read_text()
    audit.judge(TABLE, staged(spark, TABLE, tmp_path / "t"), {"a total": "count(*) = 1"}, gate, datetime.now(UTC))
    assert "<td>failed" in gate.build_docs().read_text()
    assert "dataContextId" not in "".join(page.read_text() for page in index.parent.rglob("*.html"))
    page = next(index.parent.glob("docs/validations/**/*.html"))
    home = page.parent / re.search(r'href="([./]+/index.html)"', page.read_text())[1]  # where its "Home" leads
    assert "url=../index.html" in home.read_text() and (home.parent / "../index.html").resolve() == index.resolve()


def test_old_pages_go_and_leave_the_others_in_the_index(spark, tmp_path, gate):
    old = replace(TABLE, name="silver.olds")
    for table in (TABLE, old):
        audit.judge(table, staged(spark, table, tmp_path / table.short), {}, gate, datetime.now(UTC))
    index = gate.build_docs()
    (tmp_path / "quality" / verdicts.LINES).open("a").write('["2017-01-02", "silver.cut')  # a kill while it was noted
    assert verdicts.drop(tmp_path / "quality", lambda line: line.table == old.name) == 1
    left = [file.name for folder in ("docs/validations", "results") for file in (index.parent / folder).rglob("*.*ml")]
    assert left == ["silver.things-silver.things.html"] and "silver.olds" not in index.read_text()
    audit.judge(old, staged(spark, old, tmp_path / "again"), {}, gate, datetime.now(UTC))
    assert gate.build_docs().read_text().count("<td>passed") == 2
