"""What becomes of every kind of bad delivery: each has its outcome, and none stops the rest of the night."""

from datetime import date, timedelta

import pytest

import expectations
from jobs.lake.report import Delivery
from tests.conftest import IDENTITY, member, sale

NIGHTS = [date(2017, 3, 1) + timedelta(days=n) for n in range(8)]
TABLES = ("bronze.store_sales", "silver.order_lines")
HEADER = ",".join(column.name for column in expectations.TABLES["bronze.store_sales"].columns)


def lines(night: date, first: int, count: int = 40) -> list[str]:
    return [sale(1, first, n, at=f"{night}T17:00:00Z") for n in range(count)]


def tills(night: date) -> Delivery:
    return Delivery(night, "store")


@pytest.fixture
def bad_week(house):
    """Good, cut off, one column more, nothing, twice, late, a line of an unknown kind."""
    for n, night in enumerate(NIGHTS[:7]):
        if n != 3:
            house.deliver("store_sales", night, *lines(night, n))
    cut = house.deliver("store_sales", NIGHTS[1], *lines(NIGHTS[1], 1))
    cut.write_bytes(cut.read_bytes()[:-3])
    house.deliver("store_sales", NIGHTS[2], *(line + ",7" for line in lines(NIGHTS[2], 2)), header=HEADER + ",till")
    house.deliver("store_sales", NIGHTS[4], *lines(NIGHTS[4], 4), name="again.csv")
    house.deliver("store_sales", NIGHTS[5], *lines(NIGHTS[5] - timedelta(days=30), 5))
    return house


def test_each_bad_delivery_has_its_outcome(bad_week, capsys):
    run = bad_week.night(*TABLES, as_of=NIGHTS[6])
    assert run.code == 0
    assert "bronze.store_sales: 40 of 280 rows repeat others, which count once\n" in capsys.readouterr().out
    bronze, silver = (run.reports[name].counts for name in TABLES)
    assert [bronze[tills(night)].rejected for night in NIGHTS[:3]] == [0, 1, 0]
    assert set(bronze[tills(NIGHTS[2])].broken) == {"the files have only the contract's columns"}
    assert set(bronze[tills(NIGHTS[3])].broken) == {"a delivery came"}
    assert (bronze[tills(NIGHTS[4])].repeated, silver[tills(NIGHTS[4])].delivered) == (40, 40)
    assert silver[tills(NIGHTS[5])].broken["known within 3 days"] == 40
    every = [*bronze.values(), *silver.values()]
    assert all(c.delivered == c.published + c.rejected + c.repeated for c in every)
    assert len(bad_week.rows("silver.order_lines", "order_id", as_of=NIGHTS[6])) == 6 * 40 - 1
    quality = bad_week.stored("ops.quality").where("broken > 0 and table_name = 'bronze.store_sales'")
    assert {(row.night, row.rule) for row in quality.collect()} == {
        (NIGHTS[1], "the line is readable"),
        (NIGHTS[2], "the files have only the contract's columns"),
        (NIGHTS[3], "a delivery came"),
    }
    late = bad_week.stored("ops.scorecard").where("dimension = 'timeliness' and table_name = 'silver.order_lines'")
    assert {row.night: row.share_passing for row in late.collect()}[NIGHTS[5]] == 0.0


def test_a_renamed_column_and_an_empty_file_stop_their_night_and_nothing_else(house, capsys):
    renamed = HEADER.replace("quantity", "qty")
    house.deliver("store_sales", NIGHTS[0], *lines(NIGHTS[0], 0))
    house.deliver("store_sales", NIGHTS[1], *lines(NIGHTS[1], 1), header=renamed)
    empty = house.deliver("store_sales", NIGHTS[2], "")
    empty.write_bytes(b"")
    house.deliver("store_redemptions", NIGHTS[2], f"1,10,1,{NIGHTS[2]}")
    run = house.night(*TABLES, "bronze.store_redemptions", *IDENTITY, "gold.customer_rfm", as_of=NIGHTS[2])
    assert run.code == 1
    stopped = run.reports["bronze.store_sales"].stopped
    assert set(stopped) == {tills(NIGHTS[1]), tills(NIGHTS[2])}
    assert [fault.rule for fault in stopped[tills(NIGHTS[1])]] == ["the line is readable"]
    assert run.steps["gold.customer_rfm"].action == "hold"
    assert run.reports["bronze.store_redemptions"].version is not None
    assert house.rows("silver.order_lines", "order_id", as_of=NIGHTS[2]) == [("0",)] * 40  # the earlier night serves
    assert (
        "bronze.store_sales: 2 of 3 nights of store stopped (2017-03-02 to 2017-03-03): the line is readable breaks in "
        "100.0% of rows (allowed 5.0%)" in capsys.readouterr().err
    )

    house.deliver("store_sales", NIGHTS[2], *lines(NIGHTS[2], 2))  # mended: the last night comes, the other stays out
    again = house.night(*TABLES, as_of=NIGHTS[2])
    assert again.code == 0 and "1 stopped before" in again.steps["bronze.store_sales"].reason
    assert "1 nights of store that stopped before are still out (2017-03-02)" in capsys.readouterr().err
    assert {order for (order,) in house.rows("silver.order_lines", "order_id", as_of=NIGHTS[2])} == {"0", "2"}


def test_a_file_added_to_a_loaded_night_is_loaded_with_it(house):
    house.deliver("store_sales", NIGHTS[0], *lines(NIGHTS[0], 0))
    assert house.night(*TABLES, as_of=NIGHTS[0]).code == 0
    house.deliver("store_sales", NIGHTS[0], *lines(NIGHTS[0], 1), name="more.csv")
    assert house.night(*TABLES, as_of=NIGHTS[0]).steps["silver.order_lines"].reason == f"changed night {NIGHTS[0]}"
    assert len(house.rows("silver.order_lines", "order_id", as_of=NIGHTS[0])) == 80


def test_a_full_snapshot_that_is_not_whole_stops_and_the_last_one_serves(house):
    members = [member(n) for n in range(20)]
    house.deliver("crm_members", NIGHTS[0], *members)
    house.deliver("crm_members", NIGHTS[1], *members[:17])
    cut = house.deliver("crm_members", NIGHTS[2], *members)
    cut.write_bytes(cut.read_bytes()[:-1])
    house.deliver("crm_members", NIGHTS[3])
    run = house.night("bronze.crm_members", "silver.members", as_of=NIGHTS[3])
    assert run.code == 1
    stopped = run.reports["bronze.crm_members"].stopped
    assert {delivery.night: fault.words.split(",")[0] for delivery, [fault] in stopped.items()} == {
        NIGHTS[1]: "the full snapshot has 17 rows",
        NIGHTS[2]: "the full snapshot is cut off",
        NIGHTS[3]: "the full snapshot is empty",
    }
    assert len(house.rows("silver.members", "account_id", as_of=NIGHTS[3])) == 20


def test_rejected_rows_say_where_they_came_from_and_hold_no_value(house):
    bad = [sale(1, 1, 1, at=f"{NIGHTS[0]}T17:00:00Z", quantity=-5), sale(1, 1, 2, at=f"{NIGHTS[1]}T17:00:00Z")]
    house.deliver("store_sales", NIGHTS[0], *lines(NIGHTS[0], 0, 400), *bad)
    assert house.night(*TABLES, as_of=NIGHTS[0]).code == 0
    rejected = house.spark.read.format("delta").load(f"{house.lake}/silver/order_lines__rejected")
    assert rejected.columns == ["table_name", "night", "file", "line", "item", "part", "reasons", "delivered_month"]
    assert {(row.line, *row.reasons) for row in rejected.collect()} == {
        (402, "a sale is not negative"),
        (403, "not from the future"),
    }
