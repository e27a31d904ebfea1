from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from jobs.models import clv
from jobs.models.examples import Known, earlier, examples, judged
from jobs.models.lifetime_blend import BG_NBD, ORDERS, SPEND, WINDOWS, Blend
from jobs.models.lifetime_value import Clv
from jobs.registry import parameters
from jobs.statistics import BgNbd, GammaGamma
from jobs.statistics.cannot_fit import CannotFit
from samples.customers import simulate
from tests.known import Row, known, on_time

CUT = date(2017, 9, 30)
NOW = CUT + timedelta(days=90)


@pytest.fixture(scope="module")
def till() -> list[Row]:
    """300 simulated customers over a year who buy at a rate of their own, and leave."""
    of = simulate(300, BgNbd(1.2, 20, 0.3, 4), GammaGamma(6, 4, 40), days=330, future=90, seed=2)
    draw, rows = np.random.default_rng(5), list[tuple[int, date, float]]()
    for n in range(300):
        first = CUT - timedelta(int(of.T[n]))
        repeats = {first + timedelta(int(of.recency[n]))} if of.frequency[n] else set()
        while len(repeats) < min(of.frequency[n], of.recency[n]):
            repeats.add(first + timedelta(int(draw.integers(1, of.recency[n] + 1))))
        after = {CUT + timedelta(int(day)) for day in draw.choice(90, int(min(of.future_orders[n], 90)), False) + 1}
        rows += [(n, day, round(float(of.monetary_value[n] or 20), 2)) for day in {first} | repeats | after]
    return on_time(*rows)


@pytest.fixture(scope="module")
def lake(spark, till) -> Known:
    return known(spark, till)


@pytest.fixture(scope="module")
def fitted(lake) -> Blend:
    return clv.fit(lake, CUT)


def test_cuts_are_a_month_apart_and_their_days_have_passed():
    assert earlier(CUT, 90, 2) == [CUT - timedelta(93), CUT - timedelta(124)]
    assert earlier(CUT, 28, 1) == [CUT - timedelta(31)] and len(judged(CUT)) == 3
    night = CUT + timedelta(28)  # cuts of both horizons are the same days of a night
    assert set(earlier(night - timedelta(90), 90, 3)) < set(earlier(night - timedelta(28), 28, 9))


def test_features_end_at_the_cut_and_labels_begin_after_it(spark):
    rows = on_time((1, CUT - timedelta(20), 5.0), (1, CUT, 5.0), (1, CUT + timedelta(1), 5.0), (2, CUT, 5.0))
    rows += on_time((1, CUT + timedelta(91), 5.0), (3, CUT + timedelta(2), 5.0), (4, CUT - timedelta(3), -4.0))
    found = examples(known(spark, rows), CUT, NOW + timedelta(9), 90).set_index("customer_id")
    assert set(found.index) == {1, 2}  # nobody knew of 3, and 4 only brought back
    assert list(found.loc[1, ["repeat_days", "days_active", "days_observed", "order_days_28d"]]) == [1, 20, 20, 2]
    assert list(found["future_orders"]) == [1, 0] and found.loc[1, "future_spend"] == 5.0


def test_a_planted_future_changes_nothing(spark, till, fitted):
    """What comes after the cut; and what is dated before it, and is delivered after it."""
    late = [(n, CUT - timedelta(n), 500.0, CUT + timedelta(1)) for n in range(40)]
    planted = [*till, *on_time((1, CUT + timedelta(1), 1e6), (9999, CUT + timedelta(2), 5.0)), *late]
    assert parameters.text(clv.fit(known(spark, planted), CUT)) == parameters.text(fitted)


def test_the_judge_tells_a_good_model_from_a_bad_one_and_the_interval_holds(lake, fitted):
    bad = Clv(BgNbd(9, 20, 0.3, 4), GammaGamma(6, 4, 40))
    found = clv.judge(fitted, lake, CUT, NOW, bad)
    best, baseline = found.best_baseline("orders_rmse", lower_is_better=True)
    assert found.metrics["orders_rmse"] < baseline and best in ("last_90_days_again", "mean_of_windows")
    assert found.against[0] < 0.6 * found.against[1]
    assert 0.7 < found.metrics["interval_coverage"] < 0.95
    assert found.metrics["orders_rmse_difference_low"] < found.metrics["orders_rmse"] - baseline
    assert found.plots["calibration"]().axes and found.plots["interval"]().axes


def test_few_customers_teach_no_trees(spark, till):
    few = [row for row in till if row[0] < 90]
    found = clv.fit(known(spark, few), CUT)
    assert found.trees == {} and set(found.weights[ORDERS]) <= {BG_NBD, WINDOWS}
    only = replace(found, weights={ORDERS: {BG_NBD: 1.0}, SPEND: {BG_NBD: 1.0}})
    customers = examples(known(spark, few), CUT, NOW, 90)
    for name in ("expected_orders_90d", "expected_spend_365d", "lifetime_value", "alive_probability"):
        by_bg_nbd = found.base.predict(customers)[name].to_numpy()
        assert only.predict(customers)[name].to_numpy() == pytest.approx(by_bg_nbd)


def test_data_that_had_hardly_begun(spark, till):
    begins = [row for row in till if row[1] > CUT - timedelta(60)]
    assert isinstance(clv.fit(known(spark, begins), CUT), Clv)
    with pytest.raises(CannotFit, match="nobody had ordered twice"):
        clv.fit(known(spark, on_time((1, CUT, 5.0))), CUT)


def test_a_blend_in_json_scores_the_same(fitted):
    assert isinstance(fitted, Blend) and fitted.weights[ORDERS]
    again = parameters.model(parameters.text(fitted))
    assert again.predict(Blend.example()).equals(fitted.predict(Blend.example()))


def test_what_comes_back_makes_what_is_expected_net():
    model = Clv(BgNbd(1, 20, 0.3, 4), GammaGamma(6, 4, 40), returned_share=0.1, mean_purchase=10.0)
    kept = model.kept_share(np.array([10.0, 10.0, 0.0]), np.array([10.0, 0.0, 0.0]))
    assert kept == pytest.approx([1 - 11 / 20, 1 - 1 / 20, 0.9])  # half of it is what everybody does


def test_a_discount_lowers_a_lifetime_and_nobody_is_worth_less_than_nothing():
    orders, values, two = BgNbd(1.2, 20, 0.3, 4), GammaGamma(6, 4, 40), Clv.example()
    found = Clv(orders, values).predict(two)
    undiscounted = orders.expected_orders(3 * 365.25, *(two[name] for name in clv.INPUTS[:3]))
    value = values.expected_value(*(two[name] for name in ("repeat_days", "repeat_spend")))
    assert (found["lifetime_value"] < undiscounted * value).all() and (found["lifetime_value"] > 0).all()
    assert (found["orders_90d_low"] <= found["expected_orders_90d"]).all()
    year, lifetime = Clv(orders, values).longer(two)
    assert (found["expected_orders_90d"] * year).to_list() == pytest.approx(found["expected_orders_365d"].to_list())
    assert (found["expected_spend_90d"] * lifetime).to_list() == pytest.approx(found["lifetime_value"].to_list())
