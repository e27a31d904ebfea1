from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from jobs.models import next_purchase, next_purchase_judge
from jobs.models.next_purchase import NextPurchase
from jobs.registry import parameters
from jobs.statistics.cannot_fit import CannotFit
from jobs.statistics.hazard import BINS, NEVER, Hazard
from tests.known import Row, Visit, on_time
from tests.known import with_visits as known

NOW = date(2017, 12, 31)
CUT = NOW - timedelta(59)


@pytest.fixture(scope="module")
def till() -> tuple[list[Row], list[Visit]]:
    """80 customers of 330 days, who run out of each thing after about so many days, more or less."""
    draw, days, visits = np.random.default_rng(5), set(), list[Visit]()
    for n in range(80):
        for what in ("MILK", "RICE", "SOAP", "TEA"):
            usual, ago = draw.uniform(8, 60), 330.0
            while (ago := ago - max(1, draw.gamma(2, usual / 2))) >= 0:
                on = NOW - timedelta(int(ago))
                days.add((n, on, 10.0))
                visits.append((n, on, what, on))
    return on_time(*sorted(days)), visits


@pytest.fixture(scope="module")
def fitted(spark, till) -> NextPurchase:
    return next_purchase.fit(known(spark, *till), CUT)


def test_a_planted_future_changes_nothing(spark, till, fitted):
    rows, visits = till
    after = CUT + timedelta(1)
    rows = [*rows, *on_time((1, after, 1e6)), *((n, CUT - timedelta(n), 500.0, after) for n in range(40))]
    late = [(n, CUT - timedelta(n), "MILK", after) for n in range(40)]
    planted = known(spark, rows, [*visits, (1, after, "MILK", after), *late])
    assert parameters.text(next_purchase.fit(planted, CUT)) == parameters.text(fitted)


def test_it_beats_the_median_gap_in_days_and_in_coverage(spark, till, fitted):
    found = next_purchase.judge(fitted, known(spark, *till), CUT, NOW, fitted)
    assert set(found.baselines) == {"median_gap", "constant", "own_days_56d"}
    usual = found.baselines["median_gap"]
    assert found.metrics["days_mae"] < 0.9 * usual["days_mae"]
    assert found.metrics["coverage_error"] < min(0.1, usual["coverage_error"] / 2)
    assert found.against[0] == found.against[1] == found.metrics["days_mae_newest"]
    with pytest.raises(CannotFit, match="examples it happened in 0"):
        next_purchase.fit(known(spark, *till), CUT - timedelta(300))


def test_the_day_is_the_first_after_the_cut_on_which_that_category_was_bought(spark):
    before = [
        (n, CUT - timedelta(ago), what, CUT) for n in (1, 2) for ago in (3, 13, 23, 33) for what in ("MILK", "TEA")
    ]
    after = [(1, 1, "MILK"), (1, 9, "MILK"), (1, 57, "TEA"), (2, 56, "TEA"), (2, 4, "SOAP"), (2, 0, "MILK")]
    visits = before + [(n, CUT + timedelta(days), what, CUT + timedelta(max(days, 1))) for n, days, what in after]
    rows = on_time(*((n, CUT - timedelta(ago), 5.0) for n in (1, 2) for ago in (3, 13, 23, 33)))
    found = next_purchase.seen(known(spark, rows, visits), CUT, NOW)
    days = {(row.customer_id, row.category): row.day for row in found.itertuples()}
    assert days == {(1, "MILK"): 1, (1, "TEA"): NEVER, (2, "MILK"): NEVER, (2, "TEA"): 56}


def test_a_sceptic_counts_from_the_last_purchase_and_those_alike():
    columns = ["category_days_56d", "day", "days_since_category"]
    columns += [f"category_gap_{name}" for name in ("median", 10, 90)]
    before = pd.DataFrame([[0, 57, 9, 1, 1, 1], [0, 50, 9, 1, 1, 1], [4, 5, 9, 1, 1, 1]], columns=columns)
    now = pd.DataFrame([[4, 7, 3, 10, 5, 20], [0, 57, 80, 90, 30, 200], [9, 3, 40, 30, 6, 50]], columns=columns)
    found = next_purchase_judge.by_hand(before, now)
    usual = found["median_gap"]
    assert usual.day.tolist() == [7, 10, 1]  # 40 days away, where 30 are usual: tomorrow
    assert [usual.first.tolist(), usual.last.tolist()] == [[2, 1, 1], [17, NEVER, 10]]
    assert found["constant"].day.tolist() == [50] * 3 and found["constant"].soon == pytest.approx([1 / 3] * 3)
    assert found["own_days_56d"].day.tolist() == [5, 53.5, 50] and found["own_days_56d"].soon.tolist() == [1, 0, 1]
    assert usual.is_held(now["day"].to_numpy()).tolist() == [True, True, True]


def test_days_become_dates_and_a_reminder_is_never_in_the_past(fitted):
    rows = NextPurchase.example().assign(
        last_bought_on=[date(2017, 12, 27), date(2017, 10, 3)],  # as Spark gives them
        days_since_category=[4, 89], category_gap=[5.0, 30.0], category_days_56d=[9, 0], category_days_112d=[18, 1],
    )  # fmt: skip
    assert parameters.model(parameters.text(fitted)).predict(rows).equals(fitted.predict(rows))
    stays, changes = next_purchase.features(rows)
    often = np.eye(stays.shape[1])[3] * 2  # in the last 56 days
    found = NextPurchase(Hazard(often, np.zeros(changes.shape[2]), np.full(len(BINS), -3.0))).predict(rows)
    soon, late = found.iloc[0], found.iloc[1]
    assert NOW < soon["remind_on"] <= soon["expected_on"] and soon["window_from"] <= soon["expected_on"]
    assert soon["remind_on"] == max(soon["expected_on"] - timedelta(3), NOW + timedelta(1))
    assert soon["probability_28d"] > late["probability_28d"]
    assert late[["expected_on", "window_until", "remind_on"]].tolist() == [None] * 3
    assert NOW < late["window_from"] <= NOW + timedelta(NEVER)
