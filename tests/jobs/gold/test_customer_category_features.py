from datetime import date, timedelta

import numpy as np

from jobs.gold.customer_category_features import customer_category_features
from tests.conftest import frame

AS_OF = date(2017, 12, 31)


def made(spark, bought: list[tuple[str, str | None, list[str] | None, int]]) -> dict:
    """Of account, department, categories and days ago."""
    days = [
        {"account_id": account, "department": department, "categories": what, "ordered_on": AS_OF - timedelta(ago)}
        | {"channel": "store"}
        for account, department, what, ago in bought
    ]
    accounts = [("web:1", 1), ("app:1", 1), ("web:2", 2), ("web:3", 3)]
    customers = [{"account_id": account, "customer_id": who} for account, who in accounts]
    frames = {"gold.account_department_days": days, "silver.customers": customers}
    found = customer_category_features(*(frame(spark, name, *rows) for name, rows in frames.items()), AS_OF)
    return {(row.customer_id, row.category): row for row in found.collect()}


def test_a_rhythm_is_of_four_days_or_more_the_last_of_them_of_late(spark):
    rows = [("web:1", "DAIRY", ["MILK", "EGGS"], ago) for ago in (0, 10, 20)] + [("web:1", "DAIRY", ["MILK"], 40)]
    rows += [("web:2", "DAIRY", ["MILK"], ago) for ago in (90, 100, 110, 120)]  # the last too long ago
    rows += [("web:3", "DAIRY", ["MILK"], ago) for ago in (89, 100, 110, 120)]
    rows += [("web:2", "DAIRY", ["EGGS"], ago) for ago in (-1, 5, 6, 729, 730)]  # one lies ahead, one too far back
    rows += [("web:2", None, ["MILK"], 1), ("web:2", "MEAT", None, 1), ("guest", "DAIRY", ["MILK"], 1)]
    assert set(made(spark, rows)) == {(1, "MILK"), (3, "MILK")}


def test_days_are_counted_once_and_gaps_lie_between_them(spark):
    rows = [("web:1", "DAIRY", ["MILK"], ago) for ago in (112, 111, 56, 55, 40, 34)]
    rows += [("app:1", "DAIRY", ["BUTTER", "MILK"], ago) for ago in (34, 4)]  # another account, on one of these days
    row = made(spark, rows)[1, "MILK"]
    gaps = [1, 55, 1, 15, 6, 30]
    assert (row.category_days, row.category_days_56d, row.category_days_112d) == (7, 4, 6)
    assert (row.days_since_category, row.last_bought_on) == (4, AS_OF - timedelta(4))
    measured = (row.category_gap, row.category_gap_deviation, row.category_gap_median)
    assert np.allclose(measured, (np.mean(gaps), np.std(gaps), np.median(gaps)))
    assert np.allclose((row.category_gap_10, row.category_gap_90), np.percentile(gaps, [10, 90]))


def test_what_is_usual_is_told_of_all_who_buy_it_in_that_department(spark):
    def every(account: str, department: str, gap: int) -> list:
        return [(account, department, ["MILK"], n * gap) for n in range(4)]

    rows = every("web:1", "DAIRY", 10) + every("web:2", "DAIRY", 4) + every("web:3", "DAIRY", 5)
    assert {row.category_gap_of_all for row in made(spark, rows).values()} == {5.0}
    found = made(spark, every("web:1", "DAIRY", 10) + every("web:2", "BABY", 4))
    assert (found[1, "MILK"].category_gap_of_all, found[2, "MILK"].category_gap_of_all) == (10, 4)


def test_a_shop_without_categories_and_one_without_a_day_have_no_rhythm(spark):
    assert made(spark, [("web:1", "DAIRY", [], ago) for ago in range(4)]) == {} == made(spark, [])
