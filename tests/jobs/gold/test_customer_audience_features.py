"""Who is in which audience, and what look-alikes may be found by."""

from datetime import date

import pytest
from pyspark.sql import DataFrame

import expectations
from expectations.audiences import AUDIENCES
from expectations.tags import TAGS
from jobs.gold import customer_audience_features as job
from tests.conftest import DAY, empty, frame

CONTRACT = expectations.TABLES["gold.customer_audience_features"]


@pytest.fixture(scope="module")
def frames(spark) -> list[DataFrame]:
    """1 hunts offers, 2 is in a list by two accounts, 3 only has an account, 4 is in a list of an audience's name."""
    accounts = {"card:1": 1, "card:2": 2, "app:2": 2, "card:3": 3, "card:4": 4}
    days = [("card:2", "FOOD", ["TEA"], 1), ("app:2", "FOOD", ["TEA"], 1), ("card:2", "HOME", ["SOAP", "TEA"], 2)]
    given = {
        "silver.customers": [{"account_id": account, "customer_id": who} for account, who in accounts.items()],
        "gold.customer_preferences": [{"customer_id": 1, "promotion_ratio": 1.2, "novelty_products": 1}],
        "gold.customer_behaviour": [
            {"customer_id": 1, "orders": 60, "lines": 90, "order_days": 50},
            {"customer_id": 2, "orders": 3, "lines": 3, "order_days": 2, "spend_91d": "7.50"},
        ],
        "gold.customer_lifecycle": [{"customer_id": 1, "stage": "mature"}, {"customer_id": 3, "stage": "prospect"}],
        "gold.account_department_days": [
            {"account_id": account, "ordered_on": date(2017, 1, day), "department": department, "categories": names}
            for account, department, names, day in days
        ],
        "silver.consents": [{"account_id": "card:1", "purpose": "profiling", "given_on": date(2016, 1, 1)}],
        "silver.audience_members": [
            {"audience": name, "account_id": account}
            for name, account in [("wine club", "card:2"), ("wine club", "app:2"), ("wine club", "card:9"),
                                  ("offer hunters", "card:4"), ("wine club", "card:4")]
        ],
    }  # fmt: skip
    return [
        frame(spark, name, *given[name]) if name in given else empty(spark, expectations.TABLES[name])
        for name in CONTRACT.made_from
    ]


@pytest.fixture(scope="module")
def rows(frames) -> dict[int, dict]:
    return {row["customer_id"]: row.asDict() for row in job.customer_audience_features(*frames, DAY).collect()}


def test_an_audience_is_who_has_its_tags_and_a_list_who_has_one_of_its_accounts(rows):
    told = {who: row["audiences"] for who, row in rows.items()}
    assert told == {1: ["offer hunters"], 2: ["wine club"], 3: [], 4: ["offer hunters", "wine club"]}


def test_of_nothing_a_count_is_0_and_a_share_null(rows):
    nobody = rows[3]
    assert (nobody["orders"], nobody["lines_per_order"], nobody["is_prospect"]) == (0, None, True)
    assert (nobody["categories"], nobody["category_days"], nobody["stage"]) == ([], [], "prospect")
    assert (rows[2]["categories"], rows[2]["category_days"]) == (["SOAP", "TEA"], [1, 2])
    assert [rows[who]["allows_profiling"] for who in (1, 2)] == [True, False]


def test_an_audience_is_not_there_before_it_is_valid(frames):
    before = job.customer_audience_features(*frames, date(2015, 12, 31)).where("customer_id = 1").collect()
    assert before[0].audiences == []


def test_no_model_and_nothing_personal_is_a_trait():
    """An audience's rule that asks for a score, or for what the member file says, fails the plan test."""
    assert {column.name for column in CONTRACT.columns if column.personal} == {"customer_id"}
    scored = {column.name for table in expectations.TABLES.values() if table.uses for column in table.columns}
    assert not scored & {column.name for column in CONTRACT.columns} - {"customer_id", "department", "category"}


def test_each_audience_is_of_tags_that_there_are():
    assert {tag for audience in AUDIENCES for tag in audience.tags} <= {tag.name for tag in TAGS}
    names = [name for audience in AUDIENCES for name in (audience.name, audience.chinese)]
    assert len(names) == len({*names})
