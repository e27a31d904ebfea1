from datetime import date, timedelta

from jobs.gold.customer_department_features import customer_department_features
from tests.conftest import frame

AS_OF = date(2017, 12, 31)


def made(spark, bought: list[tuple[str, str | None, int]], active: tuple[int, ...] = (1, 2)) -> dict:
    days = [
        {"account_id": account, "department": department, "channel": channel, "ordered_on": AS_OF - timedelta(ago)}
        for account, department, ago in bought
        for channel in ("app", "store")  # a day in two channels is one
    ]
    accounts = [("web:1", 1), ("app:1", 1), ("web:2", 2), ("web:3", 3)]
    customers = [{"account_id": account, "customer_id": who} for account, who in accounts]
    features = [{"customer_id": who, "order_days_56d": int(who in active)} for who in (1, 2, 3)]
    frames = {"gold.account_department_days": days, "silver.customers": customers, "gold.customer_features": features}
    found = customer_department_features(*(frame(spark, name, *rows) for name, rows in frames.items()), AS_OF)
    return {(row.customer_id, row.department): row for row in found.collect()}


def test_every_active_customer_stands_beside_every_department_that_is_visited(spark):
    rows = made(spark, [("web:1", "MEAT", 0), ("web:2", "DELI", 89), ("web:2", "TOYS", 90), ("web:3", "FISH", 1)])
    assert set(rows) == {(1, "MEAT"), (1, "DELI"), (2, "MEAT"), (2, "DELI")}  # 3 is not active, TOYS too long ago
    never = rows[1, "DELI"]
    assert (never.department_days, never.department_days_28d, never.days_since_department) == (0, 0, None)


def test_windows_end_at_as_of_and_all_accounts_of_a_customer_count_once_a_day(spark):
    ago = [("web:1", 180), ("web:1", 56), ("app:1", 28), ("web:1", 27), ("app:1", 27), ("app:1", 13), ("app:1", -1)]
    rows = made(spark, [(account, "MEAT", days) for account, days in ago] + [("web:1", None, 3), ("guest", "MEAT", 2)])
    row = rows[1, "MEAT"]
    assert [row[f"department_days_{days}d"] for days in (14, 28, 56, 90, 180)] == [1, 2, 3, 4, 4]
    assert (row.department_days, row.days_since_department, row.department_gap) == (5, 13, (180 - 13) / 4)


def test_what_others_do_is_told_of_those_who_were_there_before(spark):
    rows = made(spark, [("web:1", "MEAT", 3), ("web:1", "MEAT", 40), ("web:2", "MEAT", 50), ("web:2", "DELI", 1)])
    assert (rows[1, "MEAT"].reach_28d, rows[1, "MEAT"].again_28d) == (0.5, 0.5)
    assert (rows[2, "DELI"].reach_28d, rows[2, "DELI"].again_28d) == (0.5, None)
