"""Tags: rules over the 360, told in words, valid from a day on, and counted."""

from datetime import date, timedelta

import pytest

from expectations import tags
from expectations.tags import TAGS, Tag
from jobs.gold import customer_tags as job
from jobs.gold.customer_tag_overlap import customer_tag_overlap
from jobs.gold.customer_tags import customer_tags
from tests.conftest import DAY, frame

TASTER = {
    "customer_id": 1, "frequency_quintile": 5, "novelty_quintile": 4, "novelty_share": 0.314, "orders_91d": 12,
    "orders": 40, "preferred_daypart": "evening", "preferred_time": "Fri evening", "preferred_daypart_share": 0.62,
    "is_prospect": False, "often_bought": ["GROCERY / BAG SNACKS", "DAIRY / MILK", "食品 / 零食"], "is_member": False,
    "needs_complained": ["late", "price"],
    "newest_complaints": ["late, ticket of 2017-12-01", "price, review of 2017-11-02"],
}  # fmt: skip
QUIET = {"customer_id": 2, "is_member": True, "preferred_daypart": "evening", "preferred_daypart_share": 0.43}


def found(spark, as_of: date = DAY) -> dict[tuple[int, str], str]:
    rows = customer_tags(frame(spark, "gold.customer_360", TASTER, QUIET, {"customer_id": 3}), as_of).collect()
    return {(row["customer_id"], row["tag"]): row["why"] for row in rows}


def test_the_list_that_a_marketer_asks_for(spark):
    told = found(spark)
    asked = ("high-frequency taster", "likes the evening", "buys snacks", "says delivery is late")
    assert {tag for customer, tag in told if customer == 1} == {*asked, "frequent", "says it is too dear"}
    assert told[1, "high-frequency taster"] == "12 orders in 91 days, 31 % of what they buy is new to them"
    assert told[1, "likes the evening"] == "62 % of orders in the evening, best time: Fri evening"
    assert told[1, "buys snacks"] == "often buys GROCERY / BAG SNACKS; 食品 / 零食"
    assert told[1, "says delivery is late"] == "late, ticket of 2017-12-01"
    assert {tag for customer, tag in told if customer == 2} == {"member"}, "an evening as all have it is no tag"
    assert not {tag for customer, tag in told if customer == 3}, "what is null is no tag"


def test_a_tag_is_of_no_day_before_it_was_valid(spark, monkeypatch):
    late = Tag("late", "晚", "base", "true", "{age_band}", valid_from=DAY + timedelta(days=1))
    monkeypatch.setattr(job, "TAGS", (late,))
    assert found(spark, late.valid_from) == dict.fromkeys([(n, "late") for n in (1, 2, 3)], "?")
    monkeypatch.setattr(job, "TAGS", (*TAGS, late))
    assert not {tag for _, tag in found(spark)} & {"late"}


@pytest.mark.parametrize(
    ("words", "is_found", "is_not"),
    [
        (tags.SNACKS, ["GROCERY / BAG SNACKS", "食品 / 零食坚果"], ["DAIRY / MILK"]),
        (tags.FOR_PETS, ["GROCERY / DOG FOODS", "日用 / 宠物用品"], ["DELI / HOT DOGS", "CARPETS / ALL"]),
        (tags.FOR_BABIES, ["DRUG GM / BABY FOODS", "母婴 / 纸尿裤"], ["PRODUCE / CARROTS"]),
        (tags.DRINKS, ["SPIRITS / WINE", "酒水 / 啤酒"], ["GROCERY / SOFT DRINKS"]),
    ],
)  # fmt: skip
def test_what_is_bought_is_known_by_words_of_two_languages(spark, words, is_found, is_not):
    rule = tags.buys("", "", words).rule
    rows = [{"customer_id": n, "often_bought": [of]} for n, of in enumerate([*is_found, *is_not])]
    bought = frame(spark, "gold.customer_360", *rows).where(rule).select("customer_id").collect()
    assert sorted(row["customer_id"] for row in bought) == list(range(len(is_found)))


def test_names_are_said_once_in_both_languages():
    assert len({tag.name for tag in TAGS}) == len({tag.chinese for tag in TAGS}) == len(TAGS)


def test_tags_are_counted_alone_and_together(spark):
    has = [(1, "a"), (2, "a"), (2, "b"), (3, "c"), (4, "a")]
    rows = [{"customer_id": n, "tag": of} for n, of in has]
    both = {(r.tag, r.other_tag): r for r in customer_tag_overlap(frame(spark, "gold.customer_tags", *rows)).collect()}
    assert {pair: row.customers for pair, row in both.items()} == {
        ("a", "a"): 3, ("b", "b"): 1, ("c", "c"): 1, ("a", "b"): 1, ("b", "a"): 1
    }  # fmt: skip
    assert both["a", "b"].share == pytest.approx(1 / 3) and both["b", "a"].lift == pytest.approx(4 / 3)
