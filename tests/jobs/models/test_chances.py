"""Probabilities: calibrated, judged, and with reasons that come to the score."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from jobs.models import chances_fit, chances_judge
from jobs.models.chances import BOOSTING, FOREST, Chances
from jobs.models.chances_judge import Asked
from jobs.models.reasons import Reason, strongest
from jobs.statistics import trees
from jobs.statistics.cannot_fit import CannotFit
from jobs.statistics.roc import auc_losses


def drawn(many: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Features, of which two speak, and what happened."""
    draw = np.random.default_rng(seed)
    features = draw.normal(size=(many, 4))
    happened = draw.random(many) < expit(features[:, 0] - 0.7 * features[:, 1] - 1)
    return features, happened.astype(float)


@pytest.fixture(scope="module")
def fitted() -> dict[str, Chances]:
    features, happened = drawn(1500)
    rivals = {
        BOOSTING: trees.boosting(features, happened, "binary:logistic", 60),
        FOREST: trees.forest(features, happened),
    }
    return {kind: Chances(kind, of, 0.9, -0.1) for kind, of in rivals.items()}


@pytest.mark.parametrize("kind", [BOOSTING, FOREST])
def test_what_each_feature_adds_comes_to_the_score(fitted, kind):
    features = np.vstack([drawn(200, 2)[0], np.full((1, 4), np.nan)])
    base, each = fitted[kind].contributions(features)
    probability = fitted[kind].probability(features)
    assert base + each.sum(axis=1) == pytest.approx(logit(probability), abs=1e-4)
    assert np.abs(each[:, :2]).mean() > 4 * np.abs(each[:, 2:]).mean()  # the two that speak


def test_the_better_rival_at_the_later_cut_is_taken_and_made_true():
    (features, happened), (later, happened_later) = drawn(2000), drawn(2000, 2)
    rarer = happened_later * (np.random.default_rng(3).random(2000) < 0.5)  # it happens half as often as it did
    found = chances_fit.fit(features, happened, later, rarer)
    assert found.probability(later).mean() == pytest.approx(rarer.mean(), abs=0.003)
    other = FOREST if found.kind == BOOSTING else BOOSTING
    assert other != found.kind and Chances.from_data(found.as_data()).probability(later) == pytest.approx(
        found.probability(later)
    )
    with pytest.raises(CannotFit, match="of 2,000 examples it happened in 0"):
        chances_fit.fit(features, happened, later, np.zeros(2000))


def test_platt_is_the_logistic_regression_of_log_odds():
    features, happened = drawn(4000)
    slope, intercept = chances_fit.platt(features[:, 0], happened)
    known = LogisticRegression(C=np.inf).fit(features[:, :1], happened)
    assert (slope, intercept) == pytest.approx((known.coef_[0, 0], known.intercept_[0]), abs=2e-3)
    assert np.isfinite(
        chances_fit.platt(np.array([-9.0, -1, 1, 9]), np.array([0.0, 0, 1, 1]))
    ).all()  # nothing overlaps


def test_rows_of_the_auc_come_to_the_auc_and_spread_as_delong_says():
    draw = np.random.default_rng(0)
    happened, said = (draw.random(300) < 0.3).astype(float), draw.integers(0, 9, 300) / 9.0  # with many ties
    losses = auc_losses(happened, said)
    assert 1 - losses.mean() == pytest.approx(roc_auc_score(happened, said))
    wins = (said[happened > 0][:, None] > said[happened == 0]) + 0.5 * (
        said[happened > 0][:, None] == said[happened == 0]
    )
    cases, others = wins.shape
    variance = wins.mean(1).var() / cases + wins.mean(0).var() / others  # by its definition
    assert losses.var() / 300 == pytest.approx(variance)
    assert (auc_losses(np.zeros(3), np.arange(3.0)) == 0).all()


def test_a_perfect_model_errs_by_chance_and_a_loud_one_by_more():
    draw = np.random.default_rng(4)
    said = draw.beta(1, 6, 3000)
    happened = (draw.random(3000) < said).astype(float)
    assert chances_judge.calibration_error(happened, said) < chances_judge.by_chance(said)
    loud = expit(1.5 * logit(said))
    assert chances_judge.calibration_error(happened, loud) > 2 * chances_judge.by_chance(loud)


def test_a_sceptic_counts_how_often_it_happened_to_those_alike():
    before, happened = np.array([1.0, 1, 2, 2, 3, 3, 3, 3]), np.array([1.0, 1, 1, 0, 0, 0, 1, 0])
    assert chances_judge.shares(before, happened, np.array([0.0, 1, 2, 9])) == pytest.approx([1, 1, 0.5, 0.25])


def test_the_judge_puts_cuts_together_and_says_what_was_luck():
    asked = []
    for seed in (1, 2, 3):
        features, happened = drawn(700, seed)
        true = expit(features[:, 0] - 0.7 * features[:, 1] - 1)
        by_hand = {"one": expit(features[:, 0] - 1), "constant": np.full(700, happened.mean())}
        asked.append(Asked(np.arange(700), np.arange(700) % 2, happened, true, by_hand))
    found = chances_judge.judge(asked, champion=asked[0].by_hand["constant"])
    assert found.best_baseline("brier", lower_is_better=True)[0] == "one"
    for metric in ("brier", "log_loss", "auc_loss"):
        mine, theirs = found.metrics[metric], found.baselines["one"][metric]
        assert (
            found.metrics[f"{metric}_difference_low"] < mine - theirs < found.metrics[f"{metric}_difference_high"] < 0
        )
    assert found.against[0] < found.against[1] and found.metrics["rows_judged"] == 2100
    assert found.metrics["calibration_error"] < found.metrics["calibration_error_by_chance"]
    assert found.plots["reliability"]().axes


def test_lift_is_of_the_first_tenth_of_each_kind():
    kinds, said = np.repeat([0, 1], 20), np.tile(np.arange(20.0), 2)
    happened = np.zeros(40)
    happened[[19, 18, 3, 4]] = 1  # both of the first tenth: 1 of 5
    happened[[39, 21, 22, 23]] = 1  # one of two
    assert chances_judge.lift(kinds, happened, said) == pytest.approx((1 / 0.2 + 0.5 / 0.2) / 2)


def test_the_strongest_reasons_first_and_the_rest_together():
    reasons = [Reason((name,), lambda row, name=name: f"{name} {row.a}") for name in "abc"]
    reasons.append(Reason(("d", "e"), lambda _: "two that tell one story"))
    each = np.array([[0.1, -0.5, 0.0, 0.4, 0.3], [0.9, 0.1, -0.2, 0.0, 0.05]])
    found = strongest(pd.DataFrame({"a": [7, 8]}), reasons, list("abcde"), each, np.array([-2.0, -2.0]))
    assert found.loc[0, ["reason_1", "reason_2", "reason_3"]].to_list() == ["two that tell one story", "b 7", "a 7"]
    assert found.loc[1, ["reason_1", "reason_2", "reason_3"]].to_list() == ["a 8", "c 8", "b 8"]
    assert found.filter(like="log_odds").sum(axis=1).to_numpy() == pytest.approx(each.sum(axis=1) - 2)
