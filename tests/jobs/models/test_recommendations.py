from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

import numpy as np
import pandas as pd
import pytest
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.gold.customer_products import customer_products
from jobs.gold.product_features import product_features
from jobs.gold.product_neighbours import product_neighbours
from jobs.models import recommendations, recommendations_judge, recommendations_seen
from jobs.models.assortment import Assortment
from jobs.models.candidates import candidates, ranks
from jobs.models.recommender import Recommender
from jobs.registry import parameters
from jobs.statistics.cannot_fit import CannotFit

CUT = date(2017, 12, 3)
NOW = CUT + timedelta(14)
PRODUCTS = 60


def till(many: int = 120) -> pd.DataFrame:
    """Customers who come weekly and like ten products of one shelf, each in a rhythm of its own; half of these are
    others since some day."""
    draw, rows = np.random.default_rng(3), []
    for who in range(many):
        shelf, usual, since = draw.permutation(20) + 20 * (who % 3), draw.uniform(7, 60, 15), draw.integers(20, 200)
        for ago in range(int(draw.integers(0, 7)), 220, 7):
            some = slice(0, 10) if ago < since else slice(5, 15)
            bought = [f"p:{n}" for n, days in zip(shelf[some], usual[some], strict=True) if draw.random() < 7 / days]
            on = NOW - timedelta(ago)
            rows += [(f"a:{who}", on, [*bought, f"p:{draw.integers(0, PRODUCTS)}", "x:1"], on)]
    return pd.DataFrame(rows, columns=["account_id", "ordered_on", "products", "delivered_on"])


def known(spark, rows: pd.DataFrame) -> Callable[[str, date, date], DataFrame]:
    """A lake that knows of each day what had been delivered; x:1 is in no master."""
    shape = "account_id string, ordered_on date, products array<string>, delivered_on date"
    every = spark.createDataFrame(rows, shape).cache()
    master = [(f"p:{n}", "FOOD", f"SHELF {n // 20}", None, None) for n in range(PRODUCTS)]
    names = "product_id string, department string, category string, product_type string, product_name string"
    products = spark.createDataFrame(master, names).cache()
    number = F.substring("account_id", 3, 9).cast("long").alias("customer_id")

    @cache
    def table(name: str, day: date, cut: date) -> DataFrame:
        by_day = every.where((F.col("ordered_on") <= F.lit(day)) & (F.col("delivered_on") <= F.lit(day)))
        if name in ("gold.sales_baskets", "silver.products"):
            return products if name == "silver.products" else by_day
        if name == "silver.customers":
            return every.where(F.col("delivered_on") <= F.lit(cut)).select("account_id", number).distinct()
        if name == "gold.customer_products":
            return customer_products(by_day, table("silver.customers", day, cut), day).cache()
        bought = table("gold.customer_products", day, cut)
        if name == "gold.product_features":
            return product_features(bought, products, day).cache()
        return product_neighbours(bought, products).cache()

    return table


@pytest.fixture(scope="module")
def world(spark):
    return known(spark, till())


@pytest.fixture(scope="module")
def fitted(world) -> Recommender:
    return recommendations.fit(world, CUT)


def test_a_planted_future_changes_nothing(spark, fitted):
    after = CUT + timedelta(1)
    late = [(f"a:{n}", on, ["p:1", "p:59"], after) for n in range(60) for on in (after, CUT - timedelta(n))]
    planted = pd.concat([till(), pd.DataFrame(late, columns=till().columns)], ignore_index=True)
    assert parameters.text(recommendations.fit(known(spark, planted), CUT)) == parameters.text(fitted)


def test_it_beats_lists_by_hand_and_newcomers_the_shop_s(world, fitted):
    found = recommendations.judge(fitted, world, CUT, NOW, fitted)
    assert set(found.baselines) == {"personal_days", "personal_decayed", "shop_14d"}
    assert found.metrics["recall_10"] >= max(of["recall_10"] for of in found.baselines.values())
    assert found.metrics["recall_10_of_1_days_known"] > found.baselines["shop_14d"]["recall_10"]
    assert found.against[0] == found.against[1] == found.metrics["recall_10_newest"]
    assert not found.faults and 0 < found.metrics["coverage"] <= 1
    model = parameters.model(parameters.text(fitted))
    assert model.predict(Recommender.example()).equals(fitted.predict(Recommender.example()))


def test_what_is_bought_later_counts_where_it_is_in_the_master(spark, fitted):
    rows = [("a:1", CUT, ["p:1", "p:2"], CUT), ("a:2", CUT - timedelta(3), ["p:1", "x:1"], CUT)]
    rows += [("a:1", CUT + timedelta(14), ["p:1", "p:9", "x:1"], NOW), ("a:2", CUT + timedelta(15), ["p:1"], NOW)]
    seen = recommendations_seen.seen(known(spark, pd.DataFrame(rows, columns=till().columns)), CUT, NOW)
    by = seen.rows[0].set_index(["customer_id", "product"])
    assert by["is_bought"].to_dict() == {(1, 0): True, (1, 1): False, (2, 0): False, (2, 1): False}
    assert by["bought"].tolist() == [2, 2, 0, 0]  # p:9 too, which nobody had bought before
    found = recommendations_judge.recalls(fitted, seen)
    assert found.index.tolist() == [1] and (found == 0.5).all(axis=None)


def test_without_purchases_it_is_refused_in_words(spark):
    with pytest.raises(CannotFit, match="0 of 0 candidates were bought again; 50 are needed"):
        recommendations.fit(known(spark, till(0)), CUT)


def test_candidates_are_their_own_and_what_goes_with_it(spark):
    """p:2 is bought by the same people as p:1, p:3 is of its kind, p:4 is bought by many, p:5 is nothing of these."""
    products = pd.DataFrame({"product_id": [f"p:{n}" for n in range(1, 20)]}).assign(
        kind=lambda of: of["product_id"].replace("p:3", "p:1"), rebought=0.5, reach_14d=0.01, reach_90d=0.01,
        kind_share=0.5,
    )  # fmt: skip
    products.loc[3:13, "reach_90d"] = 0.2
    pairs = pd.DataFrame({"product_id": ["p:1", "p:1"], "other_product_id": ["p:2", "p:99"], "similarity": [0.8, 0.9]})
    shop = Assortment.of(products.sample(frac=1, random_state=0), pairs)
    own = pd.DataFrame({"customer_id": [7, 7, 9], "product_id": ["p:1", "x:1", "x:1"], "product_days": [3, 9, 1]})
    own = own.assign(first=[22, 90, 5], last=[2, 0, 5], order_days=[9, 9, 1], order_days_half_life_60d=[4.0, 4.0, 0.9])
    own = own.assign(**{f"days_half_life_{days}d": 2.0 for days in (30, 60, 120)})
    found = candidates(own, shop)
    names = found.groupby("customer_id")["product"].agg(lambda of: set(shop.products["product_id"][of]))
    assert names[7] - names[9] == {"p:1", "p:2", "p:3"} and len(names[9]) == 10
    first = found.iloc[0]
    assert (first["is_own"], first["lately"]) == (True, pytest.approx(np.log(2.3)))
    assert first["off_beat"] == pytest.approx(abs(np.log((2 + 3) / (10 + 3))))
    alike = found.set_index(["customer_id", "product"])["alike"]
    assert alike[7, shop.codes(pd.Series(["p:2"]))[0]] == pytest.approx(np.log(0.001 + 0.8 * np.log1p(2)))
    assert found.loc[~found["is_own"], ["lately", "often", "off_beat"]].eq(0).all(axis=None)


def test_of_equals_the_more_popular_is_first_then_the_first():
    rows = pd.DataFrame({"customer_id": [1, 1, 1, 2], "popular_90d": [0.1, 0.3, 0.1, 0.0]})
    assert ranks(rows, np.array([5.0, 5.0, 5.0, 1.0])).tolist() == [1, 0, 2, 0]
