from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from jobs.models import clv
from jobs.models.bg_nbd import BgNbd
from jobs.models.gamma_gamma import GammaGamma
from jobs.models.lifetime_value import Clv
from samples.customers import simulate

CUT = date(2017, 9, 30)
DAYS = "customer_id long, ordered_on date, orders long, purchased double, returned double, spend double"


def frame(spark, *rows: tuple):
    """Days of customers: what was bought, or, below 0, what came back."""
    full = [(c, on, int(v > 0), max(v, 0.0), max(-v, 0.0), v) for c, on, v in rows]
    return spark.createDataFrame(full, DAYS)


def test_a_history_ends_at_the_cut_and_labels_begin_after_it(spark):
    known = frame(spark, (1, CUT - timedelta(20), 5.0), (1, CUT, 5.0), (2, CUT, 5.0))
    later = known.union(frame(spark, (1, CUT + timedelta(1), 5.0), (1, CUT + timedelta(91), 5.0), (3, CUT, 5.0)))
    rows = {row.customer_id: row for row in clv.examples(later, known, CUT).collect()}
    assert set(rows) == {1, 2}  # nobody knew of customer 3 at the cut
    assert (rows[1].repeat_days, rows[1].days_active, rows[1].days_observed) == (1, 20, 20)
    assert (rows[1].future_orders, rows[2].future_orders) == (1, 0)


def test_a_return_is_no_order_and_makes_what_is_expected_net(spark, simulated):
    back = frame(spark, (1, CUT - timedelta(9), 10.0), (1, CUT, -10.0), (2, CUT - timedelta(9), 10.0), (3, CUT, -4.0))
    rows = {row.customer_id: row for row in clv.histories(back, CUT).collect()}
    assert set(rows) == {1, 2}  # who only brought back is in no score
    assert (rows[1].repeat_days, rows[1].purchased, rows[1].returned) == (0, 10.0, 10.0)
    model = Clv(simulated[1], simulated[2], returned_share=0.1, mean_purchase=10.0)
    kept = model.kept_share(np.array([10.0, 10.0, 0.0]), np.array([10.0, 0.0, 0.0]))
    assert kept == pytest.approx([1 - 11 / 20, 1 - 1 / 20, 0.9])  # half of it is what everybody does


@pytest.fixture(scope="module")
def simulated() -> tuple[pd.DataFrame, BgNbd, GammaGamma]:
    """Days of 600 simulated customers over a year, three rows in four of them repeats."""
    orders, values = BgNbd(1.2, 20, 0.3, 4), GammaGamma(6, 4, 40)
    of = simulate(600, orders, values, days=270, future=90, seed=2)
    draw = np.random.default_rng(5)
    rows = []
    for n in range(600):
        first = CUT - timedelta(int(of.T[n]))
        repeats = {first + timedelta(int(of.recency[n]))} if of.frequency[n] else set()
        while len(repeats) < min(of.frequency[n], of.recency[n]):
            repeats.add(first + timedelta(int(draw.integers(1, of.recency[n] + 1))))
        after = {CUT + timedelta(int(day)) for day in draw.choice(90, int(min(of.future_orders[n], 90)), False) + 1}
        rows += [(n, day, round(float(of.monetary_value[n] or 20), 2)) for day in {first} | repeats | after]
    return pd.DataFrame(rows, columns=["customer_id", "ordered_on", "spend"]), orders, values


def test_a_planted_future_changes_nothing(spark, simulated):
    days = frame(spark, *simulated[0].itertuples(index=False))
    planted = days.union(frame(spark, (1, CUT + timedelta(1), 1e6), (9999, CUT + timedelta(2), 5.0)))
    assert clv.fit(days, CUT) == clv.fit(planted, CUT)


def test_the_judge_tells_a_good_model_from_a_bad_one_and_the_interval_holds(spark, simulated):
    rows, _, values = simulated
    days = frame(spark, *rows.itertuples(index=False))
    fitted = clv.fit(days, CUT)
    good = clv.judge(fitted, days, days, CUT, None)
    bad = clv.judge(Clv(BgNbd(9, 20, 0.3, 4), values), days, days, CUT, fitted)
    assert good.score < good.baseline and good.score < bad.score
    assert bad.metrics["orders_change_from_champion"] > 1
    assert 0.75 < good.metrics["interval_coverage"] < 0.95
    assert good.plots["calibration"]().axes and good.plots["interval"]().axes


def test_a_discount_lowers_a_lifetime_and_nobody_is_worth_less_than_nothing(simulated):
    found = Clv(simulated[1], simulated[2]).predict(Clv.example())
    undiscounted = simulated[1].expected_orders(3 * 365.25, *(Clv.example()[name] for name in clv.INPUTS[:3]))
    value = simulated[2].expected_value(*(Clv.example()[name] for name in ("repeat_days", "repeat_spend")))
    assert (found["lifetime_value"] < undiscounted * value).all() and (found["lifetime_value"] > 0).all()
    assert (found["orders_90d_low"] <= found["expected_orders_90d"]).all()
