from collections.abc import Sequence

import pytest

from expectations.needs import NEEDS
from jobs.gold.customer_axes import customer_axes
from jobs.gold.customer_axes_counts import customer_axes_counts
from jobs.gold.customer_needs import COMPLAINTS, customer_needs
from jobs.gold.customer_profile_features import customer_profile_features
from tests.conftest import frame


@pytest.mark.parametrize(
    ("told", "age", "household"),
    [
        ({"age_band": "25-34", "household_size": "5+", "kids_count": "3+"}, "young", "family"),
        ({"age_band": "65+", "household_composition": "2 Adults No Kids", "household_size": "2"}, "older", "couple"),
        ({"age_band": "26 to 40", "household_size": "4 or more", "kids_count": "none"}, "young", "adults"),
        ({"age_band": "41-60 岁", "household_composition": "两口之家，有孩子"}, "middle-aged", "family"),
        ({"household_composition": "家庭，没有孩子", "marital_status": "Married"}, None, "couple"),
        ({"household_composition": "1 Adult Kids", "kids_count": "1", "household_size": "2"}, None, "family"),
        ({"marital_status": "Unmarried", "household_size": "1"}, None, "single"),
        ({"age_band": "1980-1989", "marital_status": "Unmarried"}, None, None),
        ({}, None, None),
    ],
)
def test_age_and_household_are_told_however_a_shop_writes_them(spark, told, age, household):
    rows = customer_profile_features(
        frame(spark, "gold.customer_behaviour", {"customer_id": 1, "orders": 2}, {"customer_id": 2, "orders": 0}),
        frame(spark, "gold.customer_preferences"),
        frame(spark, "silver.customers", {"account_id": "card:1", "customer_id": 1}),
        frame(spark, "silver.members", {"account_id": "card:1"} | told),
    ).collect()
    assert [(row.customer_id, row.age_group, row.household) for row in rows] == [(1, age, household)]


def needs(spark, liked: list[dict], told: Sequence[dict] = ()):
    """Twenty usual customers, and those that are told of, from 100 on."""
    usual = {"promotion_lines": 500, "discounted_share": 0.5, "large_pack_days": 200}
    of = [usual | {"customer_id": n, "promotion_ratio": 1.0 + n % 2 / 10, "large_pack_share": 0.5} for n in range(20)]
    every = [*of, *({"promotion_lines": 0, "large_pack_days": 0} | row for row in liked)]
    bought = [{"customer_id": row["customer_id"], "orders": 100, "private_label_share": 0.3} for row in every]
    made = customer_needs(
        frame(spark, "gold.customer_behaviour", *bought, {"customer_id": 999, "orders": 0}),
        frame(spark, "gold.customer_preferences", *every),
        frame(spark, "gold.customer_channels"),
        frame(spark, "gold.customer_feedback", *told),
    )
    return {row.customer_id: row for row in made.collect()}


def test_a_need_is_what_stands_out_beside_all_customers_and_beyond_chance(spark):
    often = {"promotion_ratio": 1.6, "discounted_share": 0.8}
    found = needs(
        spark,
        [
            {"customer_id": 100, "promotion_lines": 500} | often,
            {"customer_id": 101, "promotion_lines": 3} | often,
            {"customer_id": 102},
        ],
    )
    assert found[100].need == "price" and found[100].why.startswith("buys on offer, ")
    assert (found[101].need, found[101].price_leaning, found[101].why) == ("none", 0, None), "of three lines"
    assert (found[102].need, found[102].strength, found[102].price_leaning) == ("none", 0, None)
    assert found[0].quality_leaning is None, "all are alike"
    assert {found[n].need for n in range(20)} == {"none"} and 999 not in found


def test_a_complaint_is_a_need_and_gives_way_to_what_stands_out_more(spark):
    liked = [{"customer_id": 100, "promotion_lines": 500, "promotion_ratio": 1.9, "discounted_share": 0.9}]
    says = [
        {"customer_id": 100, "needs_complained": ["late"]},
        {"customer_id": 3, "needs_complained": ["late", "size"]},
    ]
    found = needs(spark, liked, says)
    assert (found[3].need, found[3].strength, found[3].why) == ("quality", 1.0, "complained of size"), "first of equals"
    assert found[100].need == "price" and found[100].strength > 1


def test_needs_of_complaints_are_spelt_as_the_words_are():
    assert {name for names in COMPLAINTS.values() for name in names} <= {need.name for need in NEEDS}


def axes(spark):
    """Five customers; of the last nothing is known but that they ordered."""
    worth = [("top", 9), ("top", 7), ("low", 1), ("low", 2), ("low", 0)]
    who = [("young", "family"), ("young", "family"), (None, "couple"), ("older", None)]
    segments = ["evening", "evening", "daytime", None]
    return customer_axes(
        frame(
            spark, "gold.customer_rfm", *({"customer_id": n, "tier": t, "spend": s} for n, (t, s) in enumerate(worth))
        ),
        frame(
            spark,
            "gold.customer_profile_features",
            *({"customer_id": n, "age_group": a, "household": h} for n, (a, h) in enumerate(who)),
        ),
        frame(
            spark,
            "gold.customer_segments",
            *({"customer_id": n, "segment_name": name} for n, name in enumerate(segments) if name),
        ),
        frame(spark, "gold.customer_needs", {"customer_id": 0, "need": "price"}, {"customer_id": 1, "need": "price"}),
        frame(spark, "gold.customer_clv", {"customer_id": 0, "lifetime_value": 90.0}),
        frame(spark, "gold.customer_profiles", {"customer_id": 0, "profile": 2, "profile_name": "evening, young"}),
    )


def test_what_is_not_known_is_said_so(spark):
    found = {row.customer_id: row for row in axes(spark).collect()}
    assert [found[n].attribute for n in range(5)] == ["young family", "young family", "couple", "older", "unknown"]
    assert [found[n].behaviour for n in range(5)] == ["evening", "evening", "daytime", "unknown", "unknown"]
    assert [found[n].need for n in range(5)] == ["price", "price", "none", "none", "none"]
    assert (found[0].value, found[0].profile, found[4].profile, found[4].lifetime_value) == ("top", 2, None, None)


def test_counts_of_the_cross_come_to_all_customers(spark):
    rows = customer_axes_counts(axes(spark)).collect()
    assert sum(row.customers for row in rows) == 5 and sum(row.spend for row in rows) == 19
    found = {(row.attribute, row.behaviour, row.need, row.value): row for row in rows}
    family = found["young family", "evening", "price", "top"]
    assert (family.customers, family.spend, family.customers_scored, family.lifetime_value) == (2, 16, 1, 90)
    assert family.lift == pytest.approx(0.4 / 0.4**4)
    assert found["unknown", "unknown", "none", "low"].lifetime_value is None
