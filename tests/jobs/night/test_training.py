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
from jobs.models.histories import examples
from jobs.models.judged import Judged
from jobs.models.lifetime_value import Clv
from jobs.models.segmentation import FEATURES, Segments
from jobs.night import closing
from jobs.night.inputs import Inputs
from jobs.night.night import Night
from jobs.night.order import ordered
from jobs.night.table_as_of import table_as_of
from jobs.registry import champions, converting, parameters, promotion
from jobs.registry.store import Registry
from tests.conftest import IDENTITY, House
from tests.simulated import LAST, deliver

MADE = ("bronze.store_sales", "silver.order_lines", "silver.orders", *IDENTITY)
SCORED = ("gold.customer_clv", "gold.customer_segments")
MODEL = expectations.MODELS["clv"]


@pytest.fixture(scope="module")
def house(spark, tmp_path_factory) -> House:
    """Thirty weekly deliveries of 400 simulated customers, up to the night of ``LAST``, and the first scored night."""
    house = House(spark, tmp_path_factory.mktemp("training"))
    deliver(house)
    house.first = house.night(*MADE, *SCORED, as_of=LAST)  # type: ignore[attr-defined]
    return house


def retrain(house: House, as_of: date) -> Night:
    models = list(expectations.MODELS.values())
    steps = ordered([expectations.TABLES[model.made_from] for model in models])
    night = Night(house.settings, as_of, steps, models=models)
    assert night.run() == 0
    closing.close(night)
    return night


def test_a_fresh_lake_trains_and_every_customer_is_scored(house):
    [line] = champions.versions(house.lake, "clv")
    assert (line.version, line.trained_as_of, line.fitted_until) == (1, LAST, LAST - timedelta(days=90))
    assert line.promoted_as_of == LAST and line.score < line.baseline
    assert house.read("gold.customer_clv", LAST).where("model_version = 1").count() == 400


def test_a_night_before_the_first_champion_is_published_empty_and_says_so(house, capsys):
    early = LAST - timedelta(days=7)
    assert house.night(*SCORED, as_of=early).code == 0
    told = capsys.readouterr().out
    assert "no clv was promoted by" in told and "no segments was promoted by" in told
    assert [house.read(name, early).count() for name in SCORED] == [0, 0]


def test_the_same_model_data_and_code_make_no_new_version(house, capsys):
    night = retrain(house, LAST)
    assert night.trained == {} and len(champions.versions(house.lake, "clv")) == 1
    assert "model clv: unchanged; version 1" in capsys.readouterr().out


def test_mlflow_tells_what_was_found(house):
    client = Registry(house.lake).client
    version = client.get_model_version_by_alias("clv", "champion")
    assert int(version.version) == 1 and version.tags["as_of"] == LAST.isoformat()
    run = client.get_run(version.run_id)
    assert run.data.metrics["orders_mae"] < run.data.metrics["orders_mae_naive"]
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
    model = replace(parameters.load(house.lake, "clv", 1), nominal_level=0.5)
    judged, tags = Judged(0, 1, {}), {"as_of": later.isoformat(), "fingerprint": "another"}
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
    is_worse = line.score > min(line.champion_score, line.baseline)
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
        {row.customer_id for row in examples(of, before, cut).where("future_orders > 0").collect()}
        for of in (at_cut, now)
    )
    assert found == came_back and len(came_back - leaking) > 9


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
    given = known.models._given(MODEL, night, cut).select("customer_id").distinct()
    whose = dict(known.as_known("silver.customers", cut, cut).select("account_id", "customer_id").collect())
    assert {row.customer_id for row in given.collect()} == {whose[account] for account in allowed & set(whose)}


def test_a_model_of_other_code_says_so(house, monkeypatch):
    monkeypatch.delattr(Clv, "predict")
    with pytest.raises(champions.OtherCode, match="clv version 1 was made by other code: make convert-models"):
        parameters.load(house.lake, "clv", 1)


def test_parameters_in_json_are_those_that_were_fitted(house):
    """To the last bit; and a format that is not ours by now is told, not guessed."""
    model = parameters.load(house.lake, "clv", 1)
    assert parameters.model(parameters.text(model)) == model
    drawn = np.random.default_rng(0).normal(size=(3, len(FEATURES)))
    tried = pd.DataFrame({"k": [2, 3], "silhouette": [0.1, 0.3]})
    segments = Segments(drawn[0], drawn[1], np.exp(drawn[2]), drawn, np.array([2, 1, 3]), drawn, 1.25, tried)
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
    model = parameters.load(house.lake, "clv", 1)
    shutil.rmtree(house.lake / "models")
    assert converting.main([]) == 1
    told = capsys.readouterr().out
    assert "clv version 1: carried over" in told and "segments version 1: refused: what tells" in told
    assert parameters.load(house.lake, "clv", 1) == model
    logged = {key: str(value) for key, value in model.parameters().items() if key != "mean purchase"}
    assert converting.clv(logged) == replace(model, mean_purchase=0.0)  # early runs did not log it
    with pytest.raises(converting.NotLogged, match="did not log 'BG/NBD a'"):
        converting.clv({"BG/NBD r": "1", "BG/NBD alpha": "2"})


def test_a_worse_model_is_refused_and_told_why():
    holds = champions.Version("clv", 3, LAST, LAST, "orders_mae", 4.0, 4.5, None, None, LAST, None, {}, "f")
    good, worse, useless = (Judged(score, 4.5, {}) for score in (3.9, 4.2, 4.6))
    assert promotion.refusal(MODEL, good, holds, 4.0) == ""
    assert promotion.refusal(MODEL, good, None, None) == ""
    assert promotion.refusal(MODEL, worse, holds, 4.0) == "orders_mae 4.2 is worse than 4 of version 3"
    assert "does not beat its baseline's 4.5" in promotion.refusal(MODEL, useless, None, None)
    assert promotion.refusal(MODEL, replace(good, faults=("labels moved",)), holds, 4.0) == "labels moved"
    silhouette = expectations.MODELS["segments"]
    assert promotion.refusal(silhouette, Judged(0.2, 0.1, {}), holds, 0.15) == ""
    assert "is worse" in promotion.refusal(silhouette, Judged(0.12, 0.1, {}), holds, 0.15)
