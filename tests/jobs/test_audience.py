"""Who has all of some tags: how many, and why."""

import csv

import duckdb
import pytest

from jobs import audience

LAKE = """create schema gold;
create table known as from (values (1, true), (2, false), (3, false)) of (customer_id, allows_marketing);
create view gold.customer_360 as from known;
create table has as select *, tag_chinese || customer_id as why from
    (values (1, 'frequent', '高频'), (2, 'frequent', '高频'), (3, 'frequent', '高频'), (1, 'member', '会员'),
            (3, 'member', '会员'), (2, 'prospect', '潜在客户')) of (customer_id, tag, tag_chinese),
    (select 'base' as kind);
create view gold.customer_tags as from has;
comment on view gold.customer_tags is 'Tags. As of 2017-12-31.'"""


@pytest.fixture(autouse=True)
def small_lake(monkeypatch):
    db = duckdb.connect()
    db.execute(LAKE)
    monkeypatch.setattr(audience.views, "connect", lambda _: db)


def test_who_has_all_and_why(capsys, tmp_path):
    assert audience.main(["会员， frequent", "--most", "1", "--csv", str(tmp_path / "all.csv")]) == 0
    said = capsys.readouterr().out
    assert "as of 2017-12-31\n        3  frequent (高频, base)\n        2  member (会员, base)\n" in said
    assert (
        "2  have all of them, of whom 1 allow marketing\n1\n    member: 会员1\n    frequent: 高频1\nand 1 more" in said
    )
    with (tmp_path / "all.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            ["customer_id", "allows_marketing", "member", "frequent"],
            ["1", "True", "会员1", "高频1"],
            ["3", "False", "会员3", "高频3"],
        ]


def test_all_tags_are_shown_and_one_that_is_misspelt_is_named(capsys):
    assert audience.main([]) == 0 and "prospect" in capsys.readouterr().out
    assert audience.main(["frequnet"]) == 2
    assert "frequnet: no such tag; is it frequent? All are in expectations/tags.py" in capsys.readouterr().err
