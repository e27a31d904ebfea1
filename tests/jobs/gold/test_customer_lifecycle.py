from datetime import date, timedelta

from jobs.gold.customer_lifecycle import customer_lifecycle
from jobs.gold.customer_stage_moves import customer_stage_moves
from tests.conftest import frame

AS_OF = date(2017, 12, 31)
WEEKLY = range(0, 300, 7)


def lifecycle(spark, bought: dict[int, list[int]]):
    """Customers who bought these days ago; who bought on none is a prospect."""
    days = [
        {"customer_id": who, "ordered_on": AS_OF - timedelta(ago), "orders": 1}
        for who, of in bought.items()
        for ago in of
    ]
    back = {"customer_id": 1, "ordered_on": AS_OF, "orders": 0}  # who only brings something back buys nothing
    accounts = [{"account_id": f"web:{who}{n}", "customer_id": who} for who in bought for n in (1, 2)]
    return customer_lifecycle(
        frame(spark, "gold.customer_days", *days, back), frame(spark, "silver.customers", *accounts), AS_OF
    )


def test_stages_go_by_a_customers_own_rhythm(spark):
    bought = {
        1: [],
        2: [55],  # new, by a day
        3: [56],  # no rhythm is known, and 56 days have passed, no more
        4: [57],
        5: [169],  # three times as long
        6: [ago for ago in WEEKLY if ago > 41],  # 42 days are given; twice in 56 days is less than it was
        7: [ago for ago in WEEKLY if ago > 42],
        8: [43, 63, 83, 103, 123],  # every 20 days: 80 are given
        9: [*range(3, 300, 2)],
        10: [*range(0, 56, 2), *range(60, 300, 7)],
        11: [*range(0, 56, 14), *range(58, 300, 2)],
        12: [5, *(ago for ago in WEEKLY if ago > 60)],
        13: [56, 100, 101, 102],
    }
    rows = {row.customer_id: row for row in lifecycle(spark, bought).collect()}
    stages = {
        1: "prospect", 2: "new", 3: "mature", 4: "sleeping", 5: "lost", 6: "declining", 7: "sleeping", 8: "mature",
        9: "mature", 10: "growing", 11: "declining", 12: "won back", 13: "sleeping",
    }  # fmt: skip
    assert {who: row.stage for who, row in rows.items()} == stages
    assert rows[2].why == "first order 55 days ago" and rows[1].why == "never bought"
    assert rows[7].why == "away for 49 days; usually comes every 7 days" and rows[5].why == "away for 169 days"
    assert rows[12].why == "came back 5 days ago, after 58 days"
    assert rows[10].why == "bought on 28 of the last 56 days, before on 7.9 of as many"


def test_a_move_is_told_from_the_stage_28_days_ago(spark):
    bought = {1: [], 2: [3], 3: [*(ago for ago in WEEKLY if ago > 30)], 4: [ago for ago in WEEKLY if ago > 50]}
    bought |= {5: [2, *(ago for ago in WEEKLY if ago > 80)], 6: [60, 50, 40], 7: [*WEEKLY]}
    rows = {row.customer_id: row for row in lifecycle(spark, bought).collect()}
    assert {who: (row.stage_28d_ago, row.stage, row.move) for who, row in rows.items()} == {
        1: ("prospect", "prospect", "none"),
        2: ("prospect", "new", "up"),
        3: ("mature", "mature", "none"),
        4: ("mature", "sleeping", "down"),
        5: ("sleeping", "won back", "up"),
        6: ("new", "mature", "on"),
        7: ("mature", "mature", "none"),
    }


def test_the_matrix_has_everybody_once_and_rows_that_come_to_one(spark):
    bought = {1: [], 2: [3], 3: [4], 4: [*WEEKLY], 5: [ago for ago in WEEKLY if ago > 50]}
    rows = {(row.from_stage, row.to_stage): (row.customers, row.share) for row in moves(spark, bought)}
    assert rows == {
        ("prospect", "prospect"): (1, 1 / 3),
        ("prospect", "new"): (2, 2 / 3),
        ("mature", "mature"): (1, 0.5),
        ("mature", "sleeping"): (1, 0.5),
    }


def moves(spark, bought: dict[int, list[int]]) -> list:
    return customer_stage_moves(lifecycle(spark, bought)).collect()
