from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

import expectations
from jobs.models import churn, rhythm
from jobs.models.churn import Churn
from jobs.models.examples import Known, examples
from jobs.registry import parameters
from jobs.statistics.cannot_fit import CannotFit
from tests import known as every
from tests.known import Row, on_time

CUT = date(2017, 12, 3)
NOW = CUT + timedelta(28)


def known(spark, rows: list[Row]) -> Known:
    """Of customers those whom a run asks about."""
    table = every.known(spark, rows)
    asks = {"gold.customer_features": expectations.MODELS["churn"].asks}
    return lambda name, day, cut: table(name, day, cut).where(asks.get(name, "true"))


@pytest.fixture(scope="module")
def till() -> list[Row]:
    """400 customers of half a year with a gap of their own, of whom some leave any day, and are known by no more."""
    draw, rows = np.random.default_rng(6), list[tuple[int, date, float]]()
    for n in range(400):
        gap, day, end = draw.gamma(3, 5), draw.integers(0, 20), draw.exponential(220)
        while day < min(end, 240):
            rows.append((n, NOW - timedelta(240 - int(day)), 10.0))
            day += draw.gamma(4, gap / 4) + 1
    return on_time(*rows)


@pytest.fixture(scope="module")
def lake(spark, till):
    return known(spark, till)


@pytest.fixture(scope="module")
def fitted(lake) -> Churn:
    return churn.fit(lake, CUT)


def test_a_planted_future_changes_nothing(spark, till, fitted):
    """What comes after the cut; and what is dated before it, and is delivered after it."""
    late = [(n, CUT - timedelta(n % 50), 500.0, CUT + timedelta(1)) for n in range(0, 400, 9)]
    planted = [*till, *on_time((1, CUT + timedelta(1), 1e6), (9999, CUT + timedelta(2), 5.0)), *late]
    assert parameters.text(churn.fit(known(spark, planted), CUT)) == parameters.text(fitted)


def test_it_beats_what_a_sceptic_says_and_those_who_are_asked_bought_of_late(till, lake, fitted):
    found = churn.judge(fitted, lake, CUT, NOW, fitted)
    best, baseline = found.best_baseline("brier", lower_is_better=True)
    assert found.metrics["brier"] < baseline and best != "constant_rate"
    assert found.metrics["auc"] > 0.8 and found.against[0] == found.against[1]
    cuts = [CUT - timedelta(31 * n) for n in range(3)]
    asked = [{row[0] for row in till if cut - timedelta(56) < row[1] <= cut} for cut in cuts]
    assert found.metrics["rows_judged"] == sum(map(len, asked))


def test_each_sceptic_counts_by_a_number_of_their_own():
    columns = ["future_orders", "days_since_last_order", "order_days_56d"]
    before = pd.DataFrame([[0, 50, 3], [0, 50, 9], [1, 2, 3], [1, 2, 9]], columns=columns)
    found = churn.by_hand(before, before)
    assert found["days_away"].tolist() == [1, 1, 0, 0] and found["order_days_56d"].tolist() == [0.5] * 4
    assert found["constant_rate"].tolist() == [0.5] * 4


def test_four_weeks_end_on_the_28th_day(spark):
    rows = [(n, CUT - timedelta(day), 5.0) for n in (1, 2, 3) for day in (40, 10)]
    rows += [(1, CUT + timedelta(28), 5.0), (2, CUT + timedelta(29), 5.0), (4, CUT - timedelta(60), 5.0)]
    lake = known(spark, on_time(*rows, (3, CUT + timedelta(1), -5.0)))
    [asked] = churn.QUESTION.rows(lake, [CUT], NOW + timedelta(9))
    assert dict(zip(asked["customer_id"], churn.left(asked), strict=True)) == {1: 0, 2: 1, 3: 1}  # who brings back left
    begins = known(spark, on_time((1, CUT - timedelta(20), 5.0)))
    assert len(churn.QUESTION.rows(begins, [CUT], NOW)[0]) == 0
    with pytest.raises(CannotFit, match="two cuts with 28 days before and after them"):
        churn.fit(begins, CUT)


def test_a_model_in_json_scores_the_same_and_its_reasons_are_sentences(spark, fitted):
    again = parameters.model(parameters.text(fitted))
    rows = [(1, CUT - timedelta(day), 20.0) for day in (60, 50, 40, 30)] + [(2, CUT - timedelta(9), 5.0)]
    rows += [(3, CUT - timedelta(day), 20.0) for day in (10, 7, 4, 1)]
    customers = examples(known(spark, on_time(*rows)), CUT, CUT, 28)
    found = again.predict(customers)
    assert found.equals(fitted.predict(customers))
    assert found["churn_probability"][0] > 0.5 > found["churn_probability"][2] and next(iter(found["is_warned"]))
    said = [reason.words(row) for row in customers.itertuples() for reason in rhythm.REASONS]
    assert said[0] == "20 days longer away than usual" and said[7] == "bought on one day alone, 9 days ago"
    assert said[14:16] == ["away for 1 of the usual 3 days", "bought on 4 of the last 28 days, on 0 of the 28 before"]
    assert said[3] == "comes every 10 days, four times in five within 10 days" and said[10] == "has no rhythm yet"
