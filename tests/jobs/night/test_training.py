"""Models in a lake: trained where nobody did, promoted or told why not, and each night scored by its own champion."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import mlflow
import numpy as np
import pandas as pd
import pytest
from pyspark.sql import functions as F

import expectations
from jobs.gold.customer_features import customer_features
from jobs.models.buying_space import BuyingSpace
from jobs.models.examples import examples
from jobs.models.judged import Judged
from jobs.models.lifetime_blend import Blend
from jobs.models.lifetime_value import Clv
from jobs.models.segmentation import Segments
from jobs.night import closing
from jobs.night.inputs import Inputs
from jobs.night.night import Night
from jobs.night.order import ordered
from jobs.night.table_as_of import table_as_of
from jobs.registry import champions, converting, parameters, promotion
from jobs.registry.store import Registry
from jobs.statistics import BgNbd, GammaGamma
from tests.conftest import IDENTITY, House
from tests.simulated import LAST, deliver

MADE = ("bronze.store_sales", "silver.order_lines", "silver.orders", *IDENTITY)
SCORED = ("gold.customer_clv", "gold.customer_churn", "gold.customer_segments")
MODEL = expectations.MODELS["clv"]
METRICS = (MODEL.metric, *MODEL.others)


@pytest.fixture(scope="module")
def house(spark, tmp_path_factory) -> House:
    """Thirty weekly deliveries of 400 simulated customers, up to the night of ``LAST``, and the first scored night."""
    house = House(spark, tmp_path_factory.mktemp("training"))
    deliver(house)
    house.first = house.night(*MADE, *SCORED, as_of=LAST)  # type: ignore[attr-defined]
    return house


def retrain(house: House, as_of: date) -> Night:
    models = list(expectations.MODELS.values())
    steps = ordered([expectations.TABLES[name] for model in models for name in model.made_from])
    night = Night(house.settings, as_of, steps, models=models)
    assert night.run() == 0
    closing.close(night)
    return night


def test_a_fresh_lake_trains_and_every_customer_is_scored(house):
    [line] = champions.versions(house.lake, "clv")
    assert (line.version, line.trained_as_of, line.fitted_until) == (1, LAST, LAST - timedelta(days=90))
    assert line.promoted_as_of == LAST and line.score < line.baseline
    assert house.read("gold.customer_clv", LAST).where("model_version = 1").count() == 400


def test_who_had_too_few_data_is_not_asked_again_until_something_comes(house, capsys):
    assert house.first.trained["identity"].startswith("not trained: 0 accounts")
    again = house.night(*MADE, *SCORED, as_of=LAST)
    assert again.trained == {} and "model identity: unchanged; not trained: 0 accounts" in capsys.readouterr().out
    next_day = Night(house.settings, LAST + timedelta(days=1), again.tables)
    assert "identity" in {model.name for model in next_day.training(next_day.plan())}


def test_a_night_tells_how_far_who_is_scored_is_from_whom_a_model_learned_from(house):
    told = {(row.model, row.column_name): row for row in house.stored("ops.models_drift").collect()}
    assert {(row.kind, row.as_of, row.version) for row in told.values()} == {("feature", LAST, 1), ("score", LAST, 1)}
    assert ("clv", "expected_orders_90d") in told and ("churn", "churn_probability") in told
    longer, same = told["clv", "days_observed"], told["clv", "repeat_spend"]  # 90 days since the cut
    assert longer.is_warned and longer.population_stability_index > 0.25 > same.population_stability_index
    assert len(told) == len({*told}) and any(
        "days_observed" in line for line in closing.shifted(house.first.reports.values())
    )


def test_a_night_before_the_first_champion_is_published_empty_and_says_so(house, capsys):
    early = LAST - timedelta(days=7)
    assert house.night(*SCORED, as_of=early).code == 0
    told = capsys.readouterr().out
    assert "no clv was promoted by" in told and "no segments was promoted by" in told
    assert [house.read(name, early).count() for name in SCORED] == [0, 0, 0]


def test_the_same_model_data_and_code_make_no_new_version(house, capsys):
    night = retrain(house, LAST)
    assert "clv" not in night.trained and len(champions.versions(house.lake, "clv")) == 1
    assert "gold.customer_category_features" not in night.steps  # tonight's, and models ask for other days
    assert "model clv: unchanged; version 1" in capsys.readouterr().out


def test_mlflow_tells_what_was_found(house):
    client = Registry(house.lake).client
    version = client.get_model_version_by_alias("clv", "champion")
    assert int(version.version) == 1 and version.tags["as_of"] == LAST.isoformat()
    run = client.get_run(version.run_id)
    assert run.data.metrics["orders_rmse"] < run.data.metrics["orders_rmse_of_mean_of_windows"]
    assert float(run.data.params["BG/NBD r"]) > 0 and len(run.data.tags["git_commit"]) >= 7
    assert {file.path for file in client.list_artifacts(version.run_id, "plots")} == {
        "plots/calibration.png",
        "plots/interval.png",
    }
    assert list(house.lake.glob("mlflow/**/*.json")) and not list(house.lake.glob("mlflow/**/*.pkl"))
    loaded = mlflow.pyfunc.load_model("models:/clv@champion")
    assert {spec.name for spec in loaded.metadata.signature.inputs} == set(Clv.example().columns)
    assert loaded.predict(Clv.example())["alive_probability"].between(0, 1).all()


def test_a_night_is_scored_by_its_own_champion(house):
    later = LAST + timedelta(days=7)
    registry, [line] = Registry(house.lake), champions.versions(house.lake, "clv")
    before = house.rows("gold.customer_clv", "customer_id", "lifetime_value", "model_version", as_of=LAST)
    model = parameters.load(house.lake, "clv", 1)
    model = replace(model, weights={"orders": {"mean of windows": 1.0}, "spend": {"mean of windows": 1.0}})
    judged, tags = Judged({}, {}), {"as_of": later.isoformat(), "fingerprint": "another"}
    version = registry.register("clv", model, judged, tags)
    parameters.keep(house.lake, "clv", version, model)
    champions.note(house.lake, replace(line, version=version, promoted_as_of=later, fingerprint="another"))
    for as_of in (later, LAST):
        assert house.night("gold.customer_clv", as_of=as_of).code == 0
    assert house.read("gold.customer_clv", later).where(f"model_version <> {version}").isEmpty()
    assert house.rows("gold.customer_clv", "customer_id", "lifetime_value", "model_version", as_of=LAST) == before


def test_a_retrain_is_promoted_if_and_only_if_it_is_not_worse(house):
    later = LAST + timedelta(days=14)
    retrain(house, later)
    line = champions.versions(house.lake, "clv")[-1]
    assert (line.trained_as_of, line.champion_version) == (later, line.version - 1)
    is_worse = line.metrics["orders_rmse_newest"] > line.champion_score or line.score >= line.baseline
    is_worse |= any(
        line.metrics[metric] > 1.01 * min(of for name, of in line.metrics.items() if name.startswith(f"{metric} of "))
        for metric in MODEL.others
    )
    assert (line.promoted_as_of is None) == is_worse == bool(line.why_not)
    alias = "challenger" if is_worse else "champion"
    client = Registry(house.lake).client
    assert int(client.get_model_version_by_alias("clv", alias).version) == line.version
    newest = champions.champion(champions.versions(house.lake, "clv"), later)
    assert int(client.get_model_version_by_alias("clv", "champion").version) == newest.version


def test_a_merge_after_the_cut_makes_nobody_look_lost(house):
    """Who are one since yesterday were two at the cut, and each of them is an example with what it did since."""
    cut, merged = LAST - timedelta(days=90), LAST + timedelta(days=15)
    header = "account_id,other_account_id,decision"
    pairs = (f"card:{2 * n},card:{2 * n + 1},same" for n in range(1, 200))
    house.deliver("stewards_decisions", merged, *pairs, name="decisions.csv", header=header)
    assert house.night(*MADE, "bronze.stewards_decisions", "silver.identity_decisions", as_of=merged).code == 0
    ask = partial(table_as_of, house.spark, house.settings, "gold.customer_days", merged)
    before = table_as_of(house.spark, house.settings, "gold.customer_days", cut)
    now, at_cut = ask(), ask(cut)
    assert now.select("customer_id").distinct().count() < 210 < before.select("customer_id").distinct().count()
    days = house.read("gold.account_days", merged).where("orders > 0")
    since = days.where(F.col("ordered_on").between(cut + timedelta(days=1), cut + timedelta(days=90)))
    bought = house.read("silver.account_numbers", merged).join(since, "account_id").collect()
    known = {row.customer_id for row in before.select("customer_id").collect()}
    came_back = {row.account_number for row in bought} & known
    found, leaking = (
        set(examples(_given(of, before, cut), cut, merged, 90).query("future_orders > 0")["customer_id"])
        for of in (at_cut, now)
    )
    assert found == came_back and len(came_back - leaking) > 9


def _given(days, before, cut):
    """Days that are known later, of customers as known at the cut."""
    return lambda name, *_: days if name == "gold.customer_days" else customer_features(before, cut)


def test_who_does_not_allow_profiling_has_no_score_and_is_in_no_training(house, capsys):
    night = LAST + timedelta(days=21)
    lines = (f"{n},{'profiling' if n % 2 else 'marketing'},2017-01-01," for n in range(1, 41))
    house.deliver("crm_consents", night, *lines)
    run = house.night(*MADE, "bronze.crm_consents", "silver.consents", "gold.customer_clv", as_of=night)
    allowed = {f"card:{n}" for n in range(1, 41, 2)}
    whose = dict(house.rows("silver.customers", "account_id", "customer_id", as_of=night))
    scored = {customer for (customer,) in house.rows("gold.customer_clv", "customer_id", as_of=night)}
    assert run.code == 0 and scored == {whose[account] for account in allowed}
    known = Inputs(house.spark, house.settings, run.state, house.lake / ".staging" / "asked", print, [])
    cut = night - timedelta(days=90)  # at which nobody had allowed it: who does so tonight counts
    given = known.models._given(MODEL, "gold.customer_days", night, cut).select("customer_id").distinct()
    whose = dict(known.as_known("silver.customers", cut, cut).select("account_id", "customer_id").collect())
    assert {row.customer_id for row in given.collect()} == {whose[account] for account in allowed & set(whose)}


def test_a_model_of_other_code_says_so(house, monkeypatch):
    monkeypatch.delattr(Blend, "predict")
    parameters._tried.cache_clear()
    with pytest.raises(champions.OtherCode, match="clv version 1 was made by other code: make convert-models"):
        parameters.load(house.lake, "clv", 1)


def test_parameters_in_json_are_those_that_were_fitted():
    """To the last bit; and a format that is not ours by now is told, not guessed."""
    model = Clv(BgNbd(0.1, 1 / 3, 0.7, 2.5, -9.5), GammaGamma(6.25, 3.74, 15.44, -7.5), 0.81, 0.02, 31.5)
    assert parameters.model(parameters.text(model)) == model
    space = BuyingSpace.of(pd.concat([Segments.example()] * 3, ignore_index=True))
    drawn, typical = np.random.default_rng(0).normal(size=(3, 5)), space.seen(Segments.example())
    tried = pd.DataFrame({"k": [2, 3], "silhouette": [0.1, 0.3]})
    segments = Segments(space, drawn[:2], typical, np.array([2, 1]), drawn, 1.25, tried)
    again = parameters.model(parameters.text(segments))
    assert again.predict(Segments.example()).equals(segments.predict(Segments.example()))
    assert again.tried.equals(tried) and again.parameters() == segments.parameters()
    with pytest.raises(ValueError, match="format 3, and Clv reads 1 and 2"):
        parameters.model(parameters.text(model).replace('"format": 2', '"format": 3'))


def test_a_model_of_format_1_scores_as_it_did():
    """As version 1 was kept, and what it said of two customers, before there was a format 2."""
    told = """{"class": "lifetime_value.Clv", "format": 1, "parameters": {"orders": {"r": 0.8, "alpha": 40.0, "a": 0.8,
        "b": 2.5, "log_likelihood": -1234.5}, "values": {"p": 6.25, "q": 3.74, "gamma": 15.44, "log_likelihood": -99.0},
        "nominal_level": 0.86, "returned_share": 0.02, "mean_purchase": 31.5}}"""
    found = parameters.model(told).predict(Clv.example()).to_dict("list")
    assert found["alive_probability"] == pytest.approx([1.0, 0.6050112353220775])
    assert found["expected_orders_90d"] == pytest.approx([0.830335775770843, 1.6875849228665978])
    assert found["expected_spend_365d"] == pytest.approx([82.36952897320404, 110.18137795121824])
    assert found["lifetime_value"] == pytest.approx([142.49115941296853, 193.8314466889768])
    assert (found["orders_90d_low"], found["orders_90d_high"]) == ([0, 0], [3, 5])


def test_models_of_pickles_are_carried_over_from_what_they_logged_or_refused(house, monkeypatch, capsys):
    """A lake of before: ``ops.models`` names versions, and their parameters are nowhere in it."""
    monkeypatch.setenv("GUANXI_LAKE", str(house.lake))
    assert converting.main([]) == 0 and "nothing to carry over" in capsys.readouterr().out
    shutil.rmtree(house.lake / "models")
    assert converting.main([]) == 1
    told = capsys.readouterr().out
    assert "clv version 1: refused: its run logged" in told and "segments version 1: refused: what tells" in told
    model = Clv(BgNbd(0.1, 1 / 3, 0.7, 2.5, -9.5), GammaGamma(6.25, 3.74, 15.44, -7.5), 0.81, 0.02, 31.5)
    logged = {name: str(value) for name, value in model.parameters().items()}
    assert converting.clv(logged) == model
    assert converting.clv({k: v for k, v in logged.items() if k != "mean purchase"}) == replace(model, mean_purchase=0)
    with pytest.raises(converting.NotLogged, match="did not log 'BG/NBD a'"):
        converting.clv({"BG/NBD r": "1", "BG/NBD alpha": "2"})


def test_a_worse_model_is_refused_and_told_why():
    holds = champions.Version(
        "clv", 3, LAST, LAST, "orders_rmse", 4.0, "naive_rate", 4.5, None, None, LAST, None, {}, "f"
    )
    baselines = {"naive_rate": dict.fromkeys(METRICS, 5.0), "mean_of_windows": dict.fromkeys(METRICS, 4.5)}

    def judged(score: float, against: tuple[float, float] | None = None, **others: float) -> Judged:
        return Judged(dict.fromkeys(METRICS, 4.5) | {"orders_rmse": score} | others, baselines, against)

    assert promotion.refusal(MODEL, judged(4.4), None) == ""
    assert promotion.refusal(MODEL, judged(4.4, (4.4, 4.4)), holds) == ""
    assert promotion.refusal(MODEL, judged(4.4, (4.2, 4.0)), holds) == "orders_rmse 4.2 is worse than 4 of version 3"
    assert promotion.refusal(MODEL, judged(4.6), None) == "orders_rmse 4.6 does not beat 4.5 of mean_of_windows"
    assert promotion.refusal(MODEL, judged(4.4, spend_mae=4.54), None) == ""
    assert promotion.refusal(MODEL, judged(4.4, spend_mae=4.56), None) == (
        "spend_mae 4.56 is worse than 4.5 of mean_of_windows"
    )
    assert promotion.refusal(MODEL, replace(judged(4.4), faults=("labels moved",)), None) == "labels moved"
    segments, by_hand = expectations.MODELS["segments"], {"spend_groups": {"told_apart": 0.1}}
    assert promotion.refusal(segments, Judged({"told_apart": 0.2}, by_hand, (0.2, 0.15)), holds) == ""
    assert "is worse" in promotion.refusal(segments, Judged({"told_apart": 0.12}, by_hand, (0.12, 0.15)), holds)


def test_a_judge_judges_by_what_its_contract_names(house):
    """Baselines and metrics of a contract are those that the judge measured."""
    for model in expectations.MODELS.values():
        for line in champions.versions(house.lake, model.name):
            measured = {f"{metric} of {name}" for metric in (model.metric, *model.others) for name in model.baselines}
            assert {model.metric, *model.others, *measured} <= set(line.metrics)
            assert line.baseline_name in model.baselines
