from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from jobs.models import propensity
from jobs.models.propensity import Propensity
from jobs.registry import parameters
from tests.known import Row, Visit, on_time
from tests.known import with_visits as known

CUT = date(2017, 12, 3)
NOW = CUT + timedelta(28)
DEPARTMENTS = ("MEAT", "DELI", "TOYS")
HABITS = {"MEAT": (5, 2), "DELI": (1, 2), "TOYS": (0.5, 9)}  # beta: how often an order has some of it, by customer


@pytest.fixture(scope="module")
def till() -> tuple[list[Row], list[Visit]]:
    """150 customers of half a year, each with a rate and with departments of their own."""
    draw, rows, visits = np.random.default_rng(3), list[Row](), []
    for n in range(150):
        rate, habit = draw.gamma(2, 0.06), {name: draw.beta(*of) for name, of in HABITS.items()}
        for ago in range(220):
            if draw.random() < rate:
                on = NOW - timedelta(ago)
                rows += on_time((n, on, 10.0))
                visits += [(n, on, name, on) for name in DEPARTMENTS if draw.random() < habit[name]]
    return rows, visits


@pytest.fixture(scope="module")
def fitted(spark, till) -> Propensity:
    return propensity.fit(known(spark, *till), CUT)


def test_a_planted_future_changes_nothing(spark, till, fitted):
    rows, visits = till
    after = CUT + timedelta(1)
    rows = [
        *rows,
        *on_time((1, after, 1e6), (999, after, 5.0)),
        *((n, CUT - timedelta(n), 500.0, after) for n in range(40)),
    ]
    late = [(n, CUT - timedelta(n), "TOYS", after) for n in range(40)]
    planted = known(spark, rows, [*visits, (1, after, "TOYS", after), *late])
    assert parameters.text(propensity.fit(planted, CUT)) == parameters.text(fitted)


def test_it_beats_the_customers_own_share_and_ranks_within_a_department(spark, till, fitted):
    found = propensity.judge(fitted, known(spark, *till), CUT, NOW, None)
    assert set(found.baselines) == {"department_rate", "own_share_56d"}
    _, baseline = found.best_baseline("brier", lower_is_better=True)
    assert found.metrics["brier"] < baseline
    rate = found.baselines["department_rate"]
    assert found.metrics["lift_first_tenth"] > 1.3 * rate["lift_first_tenth"]
    assert found.metrics["calibration_error"] < 2 * found.metrics["calibration_error_by_chance"]


def test_a_label_is_a_purchase_in_that_department_on_one_of_28_days(spark):
    days = [(n, CUT - timedelta(3), 5.0) for n in (1, 2, 3)] + [(1, CUT - timedelta(60), 5.0)]
    visits = [(n, CUT - timedelta(3), name, CUT) for n in (1, 2, 3) for name in ("MEAT", "DELI")]
    visits += [(1, CUT + timedelta(28), "MEAT", CUT + timedelta(30)), (2, CUT + timedelta(29), "MEAT", NOW)]
    visits += [(3, CUT + timedelta(1), "DELI", NOW), (3, CUT, "DELI", NOW)]
    rows = propensity.seen(known(spark, on_time(*days), visits), CUT, NOW + timedelta(9))
    bought = {(row.customer_id, row.department) for row in rows.itertuples() if row.will_buy}
    assert len(rows) == 6 and bought == {(1, "MEAT"), (3, "DELI")}


def test_a_department_that_nobody_knew_before_is_judged_by_all():
    columns = ["department", "department_days_56d", "will_buy"]
    before = pd.DataFrame([["MEAT", 0, 0.0], ["MEAT", 2, 1.0]], columns=columns)
    now = pd.DataFrame([["NEW", 0, 0.0], ["MEAT", 2, 0.0]], columns=columns)
    found = propensity.by_hand(before, now)
    assert found["department_rate"].tolist() == [0.5, 0.5] and found["own_share_56d"].tolist() == [0, 1]


def test_a_model_in_json_scores_the_same_and_its_reasons_are_sentences(fitted):
    again, rows = parameters.model(parameters.text(fitted)), Propensity.example()
    assert again.predict(rows).equals(fitted.predict(rows))
    rows = rows.assign(department_days_28d=[0.0, 4.0], department_days_56d=[0.0, 5.0], reach_28d=0.25)
    rows["days_since_department"] = pd.Series([None, 3], dtype=object)  # as Spark gives a null among whole numbers
    rows["department_gap"] = [np.nan, 6.4]
    assert fitted.predict(rows)["reason_1"].notna().all()
    first, second = ([reason.words(row) for reason in propensity.REASONS[:4]] for row in rows.itertuples())
    assert first[:2] == ["bought here on 0 of the last 28 days, on 0 of the 28 before", "never bought here"]
    assert second[:2] == [
        "bought here on 4 of the last 28 days, on 1 of the 28 before",
        "last bought here 3 days ago, usually every 6",
    ]
    assert second[2:] == ["bought here on 1 of 6 days with an order", "25% of customers buy here in 28 days"]
