from datetime import date, timedelta
from functools import cache

import numpy as np
import pandas as pd
import pytest
from pyspark.sql import functions as F
from sklearn.ensemble import IsolationForest

import expectations
from jobs.gold.customer_risk_features import customer_risk_features
from jobs.models import risk
from jobs.models.unusual import Risk, borders
from jobs.registry import parameters
from jobs.statistics.cannot_fit import CannotFit
from jobs.statistics.isolation_fit import kept
from jobs.statistics.shrinkage import prior
from tests.conftest import empty

CUT = date(2017, 9, 30)
NOW = CUT + timedelta(90)
MONEY = ("purchased", "returned", "coupon_discount", "coupon_match")
EMPTY = ("silver.customers", "silver.identifiers", "silver.redemptions", "silver.campaign_targets")


def till(many: int = 1_300) -> pd.DataFrame:
    """Half a year of customers, one in 60 of whom brings back a third, and another uses coupons on every third day."""
    draw = np.random.default_rng(2)
    who = np.repeat(np.arange(many), draw.poisson(25, many))
    n = len(who)
    bought = draw.lognormal(3, 0.5, n).round(2)
    returns = draw.random(n) < np.where(who % 60 == 7, 0.33, 0.02)
    coupons = draw.random(n) < np.where(who % 60 == 8, 0.33, 0.02)
    ago = draw.integers(0, 180, n)
    rows = {"customer_id": who, "ordered_on": [NOW - timedelta(int(of)) for of in ago], "orders": 1}
    rows |= {"purchased": bought, "returned": (bought * returns).round(2), "coupon_discount": 1.0 * coupons}
    return pd.DataFrame(rows).drop_duplicates(["customer_id", "ordered_on"])


def known(spark, days: pd.DataFrame):
    """A lake that knows each day on that day; nobody says who they are."""
    every = spark.createDataFrame(days).withColumn("coupon_match", F.lit(0)).cache()
    every = every.select(*(F.col(name).cast("decimal(18,2)") if name in MONEY else name for name in every.columns))

    def by(day: date):
        return every.where(F.col("ordered_on") <= F.lit(day))

    @cache
    def table(name: str, day: date, cut: date):
        if name == "gold.customer_days":
            return by(day)
        others = (empty(spark, expectations.TABLES[of]) for of in EMPTY)
        return customer_risk_features(by(day), *others, day).cache()

    return table


@pytest.fixture(scope="module")
def fitted(spark) -> Risk:
    return risk.fit(known(spark, till()), CUT)


def test_a_forest_in_numbers_says_what_scikit_learn_says():
    draw = np.random.default_rng(0)
    rows = np.column_stack([draw.normal(size=2_000), draw.poisson(0.1, 2_000), draw.random(2_000).round(1)])
    grown = IsolationForest(n_estimators=20, max_samples=256, random_state=3).fit(rows)
    others = draw.normal(size=(500, 3)) * 3
    assert np.abs(kept(grown).score(others) + grown.score_samples(others)).max() < 1e-9


def test_a_planted_future_changes_nothing(spark, fitted):
    days = till()
    after = days[days["customer_id"] < 50].assign(ordered_on=CUT + timedelta(1), returned=99.0, orders=9)
    kept = days[~((days["customer_id"] < 50) & (days["ordered_on"] == CUT + timedelta(1)))]
    planted = known(spark, pd.concat([kept, after.drop_duplicates("customer_id")]))
    assert parameters.text(risk.fit(planted, CUT)) == parameters.text(fitted)


def test_whom_it_finds_is_unusual_again_more_often_than_by_returns_alone(spark, fitted):
    found = risk.judge(fitted, known(spark, till()), CUT, NOW, fitted)
    rule = found.baselines["returned_share"]["later_lift"]
    assert found.metrics["later_lift"] > 1.3 * rule > 2 and found.against[0] == found.against[1]
    assert found.metrics["later_lift_difference_low"] > 0


def test_without_returns_and_coupons_there_is_nothing_to_judge_by(spark):
    nobody = known(spark, till().assign(returned=0.0, coupon_discount=0.0))
    model = risk.fit(nobody, CUT)
    with pytest.raises(CannotFit, match="nobody brought anything back"):
        risk.judge(model, nobody, CUT, NOW, None)
    rows = nobody("gold.customer_risk_features", CUT, CUT).toPandas()
    tiers = model.predict(rows)["risk_tier"]
    assert (tiers[rows["unusual_days_90d"] == 0] == 1).all() and tiers.max() == 5


def test_few_customers_are_refused_in_words(spark):
    with pytest.raises(CannotFit, match="too few"):
        risk.fit(known(spark, till(20)), CUT)


def test_nobody_stands_apart_where_none_is_an_anomaly():
    assert borders(np.linspace(0.3, 0.5, 999)).tolist() == pytest.approx([0.46, 0.49, 0.6, 0.6])


def test_a_share_of_few_days_is_near_the_usual_one():
    """Events of a beta of mean .2 that weighs as 10 days: so it is found, and shares are drawn by it."""
    draw = np.random.default_rng(4)
    days = draw.integers(1, 60, 20_000).astype(float)
    found = prior(draw.binomial(days.astype(int), draw.beta(2, 8, 20_000)).astype(float), days)
    assert (found.mean, found.strength) == (pytest.approx(0.2, rel=0.03), pytest.approx(10, rel=0.15))
    assert found.shrunk(np.array([1.0, 30.0]), np.array([2.0, 60.0])) == pytest.approx([0.25, 0.457], rel=0.02)
    nothing = prior(np.zeros(5), np.arange(5.0))
    assert nothing.shrunk(np.zeros(2), np.array([0.0, 9.0])).tolist() == [0, 0]


def test_the_first_are_so_many_and_equals_share_their_places():
    said = np.array([3.0, *[2.0] * 9, *[1.0] * 90])
    assert risk.first(said).tolist() == pytest.approx([1, *[1 / 9] * 9, *[0] * 90])
    assert risk.first(np.zeros(50)).sum() == pytest.approx(1)


def test_a_model_in_json_scores_the_same(fitted):
    again, rows = parameters.model(parameters.text(fitted)), Risk.example()
    assert again.predict(rows).equals(fitted.predict(rows))
    told = fitted.predict(rows)
    assert told["risk_tier"].tolist() == [1, 5] and told["reason_2"].notna().tolist() == [False, True]
