from datetime import date, timedelta

import numpy as np

from jobs.gold.customer_influence import customer_influence
from jobs.models.referral_graph import tiers
from tests.conftest import frame

AS_OF, BEGAN = date(2017, 12, 31), date(2017, 1, 1)
MAY, FIRST = date(2017, 5, 10), date(2017, 5, 20)


def made(spark, referrals: list[tuple[str, str, date]], known: dict[str, tuple[int, date]], bought: dict) -> dict:
    """Of who referred, who came and when; of accounts whose they are, since when known; of customers their days."""
    named = [dict(zip(("account_id", "referred_account_id", "referred_on"), of, strict=True)) for of in referrals]
    accounts = [{"account_id": name, "customer_id": who, "known_on": on} for name, (who, on) in known.items()]
    days = [{"customer_id": who, "ordered_on": on, "orders": 1} for who, of in bought.items() for on in of]
    back = {"customer_id": 1, "ordered_on": BEGAN, "orders": 0}  # who only brings something back buys nothing
    frames = {"silver.referrals": named, "silver.customers": accounts, "gold.customer_days": [*days, back]}
    found = customer_influence(*(frame(spark, name, *rows) for name, rows in frames.items()), AS_OF).collect()
    return {row.customer_id: row for row in found}


def cards(*customers: int) -> dict[str, tuple[int, date]]:
    return {f"card:{who}": (who, MAY) for who in customers}


def brought(*pairs: tuple[int, int], on: date = MAY) -> list[tuple[str, str, date]]:
    return [(f"card:{by}", f"card:{came}", on) for by, came in pairs]


def test_reach_is_of_customers_and_not_of_accounts(spark):
    known = cards(1, 2, 3, 4) | {"app:1": (1, MAY), "app:2": (2, MAY)}
    rows = [*brought((1, 2), (2, 3)), ("app:2", "card:4", MAY), ("card:1", "app:2", MAY), ("card:1", "app:1", MAY)]
    rows += [("card:1", "card:99", MAY), ("card:99", "card:1", MAY), ("card:98", "card:99", MAY)]  # whom nobody knows
    found = made(spark, rows, known, {})
    assert set(found) == {1, 2, 3, 4}
    first = found[1]
    assert (first.referrals, first.own_referrals, first.referred, first.reach, first.depth) == (4, 1, 1, 3, 2)
    assert (found[2].referred, found[2].reach, found[2].depth) == (2, 2, 1)
    assert [found[who].referred_by for who in (1, 2, 3, 4)] == [None, 1, 2, 2]
    start = np.array([1 + 0.85 * (1 + 0.85 * 2), 1 + 0.85 * 2, 1, 1])
    assert np.allclose([found[who].pagerank for who in (1, 2, 3, 4)], start / start.sum())
    assert (
        first.why == "brought 1, 3 with theirs; none of them can be compared yet" and found[3].why == "brought nobody"
    )


def test_who_was_there_already_was_not_brought(spark):
    rows = [*brought((1, 2), (3, 4), (5, 6)), *brought((2, 1), on=MAY + timedelta(1))]  # 1 had brought 2
    rows += brought((7, 8), on=AS_OF + timedelta(1))
    rows += [("card:9", "app:6", MAY - timedelta(1))]  # and before the other one
    bought = {4: [MAY - timedelta(1)], 2: [MAY]}
    found = made(spark, rows, cards(*range(1, 10)) | {"app:6": (6, MAY)}, bought)
    pairs = {who: row.referred_by for who, row in found.items() if row.referred_by}
    assert pairs == {2: 1, 6: 9} and not {7, 8} & set(found)
    assert (found[3].referrals, found[3].referred, found[3].why) == (1, 0, "brought nobody new")
    assert found[3].influence_tier == found[5].influence_tier == "none"
    assert found[5].pagerank > found[3].pagerank  # a part of the walk from 6


def test_a_circle_on_one_day_ends_and_a_chain_of_a_thousand_is_no_recursion(spark):
    circle = made(spark, brought((1, 2), (2, 3), (3, 1), (1, 4)), cards(1, 2, 3, 4), {})
    assert [(circle[who].referred, circle[who].reach) for who in (1, 2, 3, 4)] == [(1, 1), (0, 0), (0, 0), (0, 0)]
    chain = made(spark, brought(*((who, who + 1) for who in range(1000))), cards(*range(1001)), {})
    assert (chain[0].reach, chain[0].depth, chain[1000].reach) == (1000, 1000, 0)
    assert made(spark, [], cards(1), {}) == {}


def test_who_was_brought_is_compared_with_who_came_alike(spark):
    def after(*days: int) -> list[date]:
        return [FIRST, *(FIRST + timedelta(day) for day in days)]

    known = cards(*range(1, 13)) | {"card:20": (20, BEGAN), "card:9": (9, date(2017, 3, 31)), "app:10": (10, MAY)}
    del known["card:10"]  # nobody is referred with an account of the app
    bought = {2: after(28), 3: after(29), 4: after(90), 5: after(5, 91)}  # brought
    bought |= {6: after(60), 7: after(), 8: after(1), 9: after(60), 10: after(60), 20: after(60)}  # 9, 20: known before
    bought |= {11: [AS_OF - timedelta(89)], 12: [AS_OF - timedelta(90)]}  # of 11 it is too early to tell; 12 is alone
    rows = brought(*((1, came) for came in (2, 3, 4, 5, 11, 12)))
    found = made(spark, rows, known, bought)[1]
    assert (found.referred, found.compared, found.bought_again, found.bought_after_referral) == (6, 4, 2, 0.5)
    assert (found.bought_anyway, found.fewest_others) == (1 / 3, 3)  # 6, 7 and 8
    told = "brought 6, 6 with theirs; 2 of 4 bought again 29 to 90 days after their first order"
    assert found.why == f"{told}, of others who came then 33 %"


def test_equal_ranks_are_one_tier():
    ranks = np.array([0.3, 0.2, 0.1 + 1e-15, 0.1, 0.1, 0.05, 0.05, 0.05, 0.02, 0.02, 0.01])
    referred = np.array([1] * 10 + [0])
    told = ["top", "high", "high", "high", "high", "middle", "middle", "middle", "low", "low", "none"]
    assert tiers(ranks, referred).tolist() == told
    assert tiers(ranks[::-1], referred[::-1]).tolist() == told[::-1]
    assert tiers(np.array([0.5, 0.5]), np.array([0, 0])).tolist() == ["none", "none"]
