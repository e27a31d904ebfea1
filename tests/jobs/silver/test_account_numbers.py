from datetime import date, timedelta

import pandas as pd

import expectations
from jobs.lake import delta
from jobs.silver import account_numbers as job
from tests.conftest import DAY

LATER = DAY + timedelta(days=3)
TABLE = expectations.TABLES["silver.account_numbers"]


def made(spark, seen: list[tuple[str | None, date]], issued: list[tuple] = ()) -> dict[str, tuple]:
    """Accounts of order heads, by the job; ``issued``: what the table held before."""
    frames = [delta.empty(spark, expectations.TABLES[name]) for name in TABLE.made_from]
    names = [column.name for column in expectations.TABLES["silver.orders"].made]
    rows = [[{"account_id": account, "delivered_on": on}.get(name) for name in names] for account, on in seen]
    frames[0] = spark.createDataFrame(rows, frames[0].schema)
    before = spark.createDataFrame(list(issued), delta.empty(spark, TABLE).schema)
    return {row.account_id: tuple(row)[1:] for row in job.account_numbers(*frames, before).collect()}


def test_a_number_is_exact_in_any_tool_and_the_same_for_everybody_who_computes_it(spark):
    found = made(spark, [("household:1", LATER), ("household:1", DAY), ("web:1", DAY), (None, DAY)])
    assert set(found) == {"household:1", "web:1"}
    assert found["household:1"] == (93917774819676, DAY, 1) and found["web:1"][0] != found["household:1"][0]
    assert all(int(float(number)) == number < 2**53 for number, *_ in found.values())


def test_what_was_issued_is_kept_whatever_comes_earlier(spark):
    issued = [("web:1", 7, LATER, 2), ("web:2", 8, DAY, 1)]
    found = made(spark, [("web:1", DAY), ("web:3", DAY), ("web:0", LATER)], issued)
    assert (found["web:1"], found["web:2"]) == ((7, DAY, 2), (8, DAY, 1)) and len(found) == 4
    assert (found["web:3"][2], found["web:0"][2]) == (3, 4), "who comes earlier is older, of those who are new"


def test_where_two_collide_the_later_one_gets_the_next_free_number(spark, monkeypatch):
    monkeypatch.setattr(job, "hashed", lambda _: job.F.lit(41).cast("long"))
    issued = [("web:1", 41, DAY, 1), ("web:9", 43, DAY, 2)]
    first = made(spark, [("web:3", LATER), ("web:2", DAY)], issued)
    assert {account: number for account, (number, *_) in first.items()} == {
        "web:1": 41,
        "web:9": 43,
        "web:2": 42,
        "web:3": 44,
    }
    again = made(spark, [("web:4", DAY)], [(account, *of) for account, of in first.items()])
    assert again["web:4"][0] == 45 and again | {"web:4": None} == first | {"web:4": None}


def test_the_next_number_goes_round_among_the_neighbours():
    last = 2**job.BITS_OF_NEIGHBOURS - 1
    accounts = pd.DataFrame({"account_id": ["a", "b"], "account_number": [last, last], "known_on": [DAY, DAY]})
    found = job.next_free(accounts.assign(seniority=None))
    assert dict(zip(found["account_id"], found["account_number"], strict=True)) == {"a": last, "b": 0}
