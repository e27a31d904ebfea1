"""Whose rows they are: what a run replaces, and what is read as known at a night."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import expectations
from expectations.contract import Column
from jobs.lake import delta, files, ledger, newest, publishing, transaction, views
from jobs.lake.refused import LayoutError
from jobs.lake.report import Counts, Delivery, Made, Report
from tests.conftest import DAY, member, sale

NEXT = DAY + timedelta(days=1)
NIGHT = Delivery(DAY)
SALES = ("bronze.store_sales", "silver.order_lines")


def test_nights_are_ranges():
    days = [date(2017, 1, 1), date(2017, 1, 2), date(2017, 1, 4)]
    ranges = "((d >= date'2017-01-01' and d <= date'2017-01-02') or (d >= date'2017-01-04' and d <= date'2017-01-04'))"
    assert ledger.in_nights("d", days) == ranges
    assert ledger.in_nights("d", []) == "false"


def test_a_corrected_line_is_read_as_known_at_each_night(house):
    house.deliver("store_sales", DAY, sale(1, 10, 100, value="2.50"), sale(1, 10, 101))
    house.deliver("store_sales", NEXT, sale(1, 10, 100, value="9.99"))
    assert house.night(*SALES, as_of=NEXT).code == 0
    lines = [house.rows("silver.order_lines", "line_id", "sales", as_of=day) for day in (DAY, NEXT)]
    assert [[f"{line} {sales}" for line, sales in of] for of in lines] == [
        ["store:100 2.50", "store:101 2.50"],
        ["store:100 9.99", "store:101 2.50"],
    ]
    assert house.stored("silver.order_lines").count() == 3  # no version is lost


def test_a_correction_writes_no_month_again_but_that_of_the_line(house):
    nights = [date(2017, 1, 30), date(2017, 1, 31), date(2017, 2, 1), date(2017, 3, 1)]
    folder = ledger.path(house.lake, "silver.order_lines")
    for n, night in enumerate(nights[:3]):
        house.deliver("store_sales", night, sale(1, n, 100, at=f"{night}T17:00:00Z"))
        assert house.night(*SALES, as_of=night).code == 0
    before = set(transaction.files(folder))
    house.deliver("store_sales", nights[3], sale(1, 0, 100, value="9.99"), sale(1, 7, 100))
    assert house.night(*SALES, as_of=nights[3]).code == 0
    kept = before & set(transaction.files(folder))
    assert [Path(file).parent.name for file in kept] == ["delivered_month=2017-02"]
    marks = {
        (row.order_id, row.delivered_on): row.superseded_on for row in house.stored("silver.order_lines").collect()
    }
    assert marks.pop(("0", nights[0])) == nights[3] and len(marks) == 4 and not any(marks.values())
    before, again = set(transaction.files(folder)), date(2017, 4, 1)
    house.deliver("store_sales", again, sale(1, 0, 100, value="8.99"))
    assert house.night(*SALES, as_of=again).code == 0
    kept = before & set(transaction.files(folder))  # what was replaced in January was so before
    assert {Path(file).parent.name for file in kept} == {"delivered_month=2017-01", "delivered_month=2017-02"}


def test_a_lake_of_before_rows_were_marked_is_refused(house):
    house.deliver("store_sales", DAY, sale(1, 10, 100))
    assert house.night(*SALES).code == 0
    table, commit = expectations.TABLES["silver.order_lines"], ledger.newest(house.lake, "silver.order_lines")
    older = {name: kind for name, kind in commit.shape.items() if name != "superseded_on"}
    with pytest.raises(LayoutError, match="was written by an older Guanxi"):
        newest.condition(table, replace(commit, shape=older))


def test_a_full_snapshot_changes_removes_and_takes_back(house):
    members, many = [member(1, "45-54"), member(2)], [member(n) for n in range(10, 40)]
    changed = members[0].replace("45-54", "55-64")
    nights = [DAY + timedelta(days=n) for n in range(3)]
    for night, lines in zip(nights, ([*members, *many], [changed, *many], [*members, *many]), strict=True):
        house.deliver("crm_members", night, *lines)
    assert house.night("bronze.crm_members", "silver.members", as_of=nights[-1]).code == 0
    seen = [house.read("silver.members", as_of=night).where("length(account_id) = 6") for night in nights]
    ages = [sorted((row.account_id, row.age_band) for row in of.collect()) for of in seen]
    assert ages == [
        [("card:1", "45-54"), ("card:2", "25-34")],
        [("card:1", "55-64")],
        [("card:1", "45-54"), ("card:2", "25-34")],
    ]


def test_a_removed_column_is_refused_with_a_word_about_full(spark, tmp_path):
    table = expectations.TABLES["gold.customer_tier_moves"]
    files.write(table, delta.empty(spark, table), tmp_path / "staged", DAY)
    shape = {column.name: column.type for column in table.stored} | {"gone": "long"}
    note, of_no_rows = (ledger.note(tmp_path, {NIGHT: Made("a", "b", n)}, shape, _report()) for n in (7, 0))
    publishing.publish(spark, tmp_path, table, tmp_path / "staged", {NIGHT}, {NIGHT}, note)
    with pytest.raises(publishing.ShapeError, match="--full"):
        publishing.publish(spark, tmp_path, table, tmp_path / "staged", {Delivery(NEXT)}, {Delivery(NEXT)}, note)
    publishing.publish(spark, tmp_path, table, tmp_path / "staged", {NIGHT}, {NIGHT}, of_no_rows)
    publishing.publish(spark, tmp_path, table, tmp_path / "staged", {Delivery(NEXT)}, {Delivery(NEXT)}, note)


def _report():
    return Report("gold.customer_tier_moves", "run", DAY, {NIGHT: Counts(5, 1, 1)})


def test_a_commit_gives_back_what_was_noted(spark, tmp_path):
    table = expectations.TABLES["gold.customer_tier_moves"]
    files.write(table, delta.empty(spark, table), tmp_path / "staged", DAY)
    made = {NIGHT: Made("a", "b", 7)}
    note = ledger.note(tmp_path, made, {}, _report())
    publishing.publish(spark, tmp_path, table, tmp_path / "staged", {NIGHT}, {NIGHT}, note)
    commit = ledger.newest(tmp_path, table.name)
    assert commit is not None and commit.made == made
    assert commit.report.counts == _report().counts and commit.report.version == commit.version


def test_a_column_that_a_contract_gained_is_null_until_the_table_is_made_again(house, monkeypatch):
    house.deliver("marketing_campaigns", DAY, "1,Type A,2017-01-01,2017-02-01")
    assert house.night("bronze.marketing_campaigns", "silver.campaigns").code == 0
    table = expectations.TABLES["silver.campaigns"]
    columns = (*table.columns, Column("budget", "decimal(18,2)", "Money."))
    monkeypatch.setitem(expectations.TABLES, table.name, replace(table, columns=columns))
    views.write(house.lake)
    with views.connect(house.lake) as db:
        assert db.execute("select campaign_id, budget from silver.campaigns").fetchall() == [("marketing:1", None)]
    assert house.rows(table.name, "campaign_id", "budget") == [("marketing:1", None)]


def test_a_sum_over_a_column_that_older_files_lack_is_of_those_that_have_it(house):
    house.deliver("marketing_campaigns", DAY, "1,Type A,2017-01-01,2017-02-01")
    assert house.night("bronze.marketing_campaigns", "silver.campaigns").code == 0
    table, newer = expectations.TABLES["silver.campaigns"], house.lake / "newer"
    gained = replace(table, columns=(*table.columns, Column("budget", "decimal(18,2)", "Money.")))
    older = delta.known(house.lake, table, DAY).files
    house.read(table.name).selectExpr("*", "2.50 as budget").coalesce(1).write.parquet(str(newer))
    asked, newer_files = ["count(*)", "coalesce(sum(budget), 0)"], files.paths(newer)
    for every, found in (
        (older, (1, 0)),
        ([*older, *newer_files], (2, 2.5)),
        ([*newer_files, *older], (2, 2.5)),
        ((), (0, 0)),
    ):
        assert delta.Known(gained, every).sums(asked) == found
