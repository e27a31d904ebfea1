"""Lists and their reasons, by a model of which we know what it says."""

from datetime import timedelta

import pyarrow as pa
import pytest

from jobs.gold import customer_recommendations as job
from jobs.models.recommender import AGAIN, NEW, Chance, Chances, Recommender
from jobs.models.scoring import Champion
from tests.conftest import DAY, frame


def model() -> Recommender:
    again = Chance(dict.fromkeys(AGAIN, 0.0) | {"lately": 1.0}, dict.fromkeys(AGAIN, 0.0), 0.0)
    usual = dict.fromkeys(NEW, 0.0) | {"alike": -7.0, "kind": -2.0, "popular_14d": -3.0}
    new = Chance(dict.fromkeys(NEW, 0.0) | {"alike": 0.5, "kind": 0.5, "popular_14d": 1.0}, usual, -3.0)
    return Recommender(*(Chances(again, new, 1.0, 0.0),) * 2)


@pytest.fixture(scope="module")
def rows(spark) -> dict[tuple, dict]:
    """1 buys p:1 every 10 days and an unknown x:1; 2 came once; 3 has not come for more than a year."""
    bought = [
        (1, "p:1", 5, 40, 0, 3.0, 9),
        (1, "x:1", 5, 40, 0, 9.0, 9),
        (2, "p:2", 1, 1, 1, 0.9, 1),
        (3, "p:1", 1, 400, 400, 0.0, 1),
    ]
    own = [
        {"customer_id": who, "product_id": what, "product_days": days, "order_days": visits,
         "first_bought_on": DAY - timedelta(days=first), "last_bought_on": DAY - timedelta(days=last),
         "order_days_half_life_60d": 1.0, **{f"days_half_life_{n}d": lately for n in (30, 60, 120)}}
        for who, what, days, first, last, lately, visits in bought
    ]  # fmt: skip
    features = [
        {"product_id": f"p:{n}", "words": f"Tea {n}", "kind": "FOOD / TEA" if n in (1, 3) else f"p:{n}",
         "department": "FOOD" if n < 9 else None, "rebought": 0.5, "reach_14d": {4: 0.3, 5: 0.03}.get(n, 0.02),
         "reach_90d": 0.02, "buyers": 9, "kind_share": 0.5}
        for n in range(1, 16)
    ]  # fmt: skip
    near = [("p:1", "p:2", 0.9), ("p:2", "p:3", 0.4), ("p:1", "p:99", 0.9)]
    neighbours = [{"product_id": one, "other_product_id": other, "similarity": of} for one, other, of in near]
    rule = {"level": "product", "antecedent": "p:1", "consequent": "p:5", "lift": 3.14}
    others = {**rule, "antecedent_2": "p:2", "consequent": "p:6"}, {**rule, "consequent": "p:77"}
    made = job.customer_recommendations(
        frame(spark, "gold.customer_products", *own),
        frame(spark, "gold.product_features", *features),
        frame(spark, "gold.product_neighbours", *neighbours),
        frame(spark, "gold.product_rules", rule, *others),
        Champion(4, model()),
        DAY,
    )
    return {(row["customer_id"], row["list"], row["place"]): row.asDict() for row in made.collect()}


def test_two_lists_for_who_came_within_the_year_of_products_of_the_master(rows):
    assert {who for who, *_ in rows} == {1, 2}
    assert {(what, place) for who, what, place in rows if who == 1} == {
        *(("likely", n) for n in range(1, 11)), *(("discover", n) for n in range(1, 4))
    }  # fmt: skip
    assert {row["product_id"] for row in rows.values()} <= {f"p:{n}" for n in range(1, 16)}
    discovered = {(who, row["product_id"]) for (who, what, _), row in rows.items() if what == "discover"}
    assert not discovered & {(1, "p:1"), (2, "p:2")}
    for who in (1, 2):
        chances = [rows[who, "likely", n]["probability"] for n in range(1, 11)]
        assert chances == sorted(chances, reverse=True)


def test_each_reason_is_told_in_words(rows):
    first = rows[1, "likely", 1]
    assert (first["product_id"], first["department"], first["model_version"]) == ("p:1", "FOOD", 4)
    assert first["probability"] == pytest.approx(3.3 / 4.3)
    told = {(who, row["product_id"]): (row["reason_kind"], row["why"]) for (who, *_), row in rows.items()}
    assert told[1, "p:1"] == ("again", "bought on 5 days, usually every 10 days, last today")
    assert told[2, "p:2"] == ("again", "bought on 1 day, 1 day ago")
    assert told[1, "p:2"] == ("alike", "customers who bought Tea 1, as they did, also buy it")
    assert told[1, "p:5"] == ("together", "in baskets with Tea 1, which they bought, 3.1 times as often as in all")
    assert told[1, "p:3"] == ("content", "much bought of FOOD / TEA, which they buy")
    assert told[1, "p:4"] == ("popular", "bought by 30% of customers in 14 days")


def test_a_customer_is_never_cut_in_two(monkeypatch):
    monkeypatch.setattr(job, "ROWS", 3)
    customers = [1, 1, 2, 2, 2, 2, 2, 3, 4, 4]
    batches = pa.table({"customer_id": customers, "n": range(10)}).to_batches(max_chunksize=2)
    parts = [of["customer_id"].tolist() for of in job.of_whole_customers(iter(batches))]
    assert [who for of in parts for who in of] == customers and len(parts) > 2
    assert all(not set(one) & set(other) for n, one in enumerate(parts) for other in parts[:n])
