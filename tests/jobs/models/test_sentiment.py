import random
from datetime import date, timedelta
from functools import cache

import numpy as np
import pandas as pd
import pytest
from pyspark.sql import functions as F
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression

from jobs.models import sentiment, stars, starting
from jobs.models.grams import BINS, grams
from jobs.models.sentiment import Sentiment, fitted
from jobs.registry import parameters
from jobs.statistics.cannot_fit import CannotFit
from tests.conftest import frame

CUT = date(2017, 11, 5)
NOW = CUT + timedelta(59)
GOOD = {"en": ["fresh", "we love it", "the best", "so tasty"], "zh": ["很新鲜", "特别喜欢", "好吃", "会再买"]}
BAD = {"en": ["not fresh", "never again", "too late", "it was wet"], "zh": ["不新鲜", "不会再买", "太晚了", "湿的"]}
BESIDE = {
    "en": ["milk", "the bag", "on Monday", "as ever", "my order"],
    "zh": ["牛奶", "袋子", "周一", "订单", "这次的"],
}


@cache
def told(many: int) -> pd.DataFrame:
    """Texts of both languages; one in ten has stars that do not agree."""
    draw, rows = random.Random(1), []
    for n in range(many):
        language, is_good = draw.choice(["en", "zh"]), draw.random() < 0.7
        said = (GOOD if is_good == (draw.random() < 0.9) else BAD)[language]
        words = [*draw.choices(BESIDE[language], k=3), draw.choice(said)]
        draw.shuffle(words)
        rows.append((f"R{n}", n % 90, language, (" " if language == "en" else "").join(words), is_good))
    return pd.DataFrame(rows, columns=["text_id", "customer_id", "language", "text", "is_good"])


def known(spark, late: int = 0):
    """A lake in which texts came over 200 days; ``late`` more are dated before the cut, and came after it."""
    rows = told(900).assign(channel="reviews", kind="review", ago=np.arange(900)[::-1] * 200 // 900)
    rows = rows.assign(stars=np.where(rows["is_good"], 5, 1), written_on=[NOW - timedelta(int(n)) for n in rows["ago"]])
    rows["delivered_on"] = rows["written_on"]
    more = rows.head(late).assign(text="we love it", stars=1, delivered_on=CUT + timedelta(1))
    more = pd.concat([more.assign(text_id=more["text_id"] + "late"), rows.tail(3 * late).assign(stars=3)])
    more["text_id"] += "more"
    every = spark.createDataFrame(pd.concat([rows, more]).drop(columns=["is_good", "ago"]))
    every = every.withColumn("answer_stars", F.lit(None).cast("int")).cache()
    return lambda _, day, __: every.where((F.col("delivered_on") <= F.lit(day)) & (F.col("written_on") <= F.lit(day)))


def test_stars_for_an_answer_count_where_they_are_few_and_are_not_judged_by(spark):
    given = [("review", 5, None), ("review", 3, None), ("review", 2, None)]
    given += [("ticket", None, of) for of in (1, 2, 3, 5, None)]
    rows = [
        {"kind": kind, "stars": own, "answer_stars": of, "text_id": f"{n}", "written_on": CUT, "language": "en"}
        for n, (kind, own, of) in enumerate(given)
    ]
    every = frame(spark, "gold.customer_texts", *rows, rows[0] | {"text_id": "nothing", "language": None})
    found = stars.rated(lambda *_: every, CUT - timedelta(1), CUT, NOW, NOW)
    assert dict(zip(found["text_id"], found["is_good"], strict=True)) == {"0": 1, "2": 0, "3": 0, "4": 0}
    assert [*stars.reviewed(found)["text_id"]] == ["0", "2"]


@pytest.fixture(scope="module")
def model(spark) -> Sentiment:
    return sentiment.fit(known(spark), CUT)


def test_a_planted_future_changes_nothing(spark, model):
    assert parameters.text(sentiment.fit(known(spark, late=60), CUT)) == parameters.text(model)


def test_it_beats_the_words_that_it_starts_from_in_both_languages(spark, model):
    found = sentiment.judge(model, known(spark), CUT, NOW, model)
    assert set(found.baselines) == {"base_rate", "starting_words"}
    _, baseline = found.best_baseline("brier", lower_is_better=True)
    assert found.metrics["brier_difference_high"] < 0 and found.metrics["brier"] < baseline
    assert found.metrics["accuracy en"] > 0.8 < found.metrics["accuracy zh"]
    assert found.metrics["calibration_error zh"] < 0.2 > found.metrics["calibration_error en"]
    judged = (told(900).index.to_numpy()[::-1] * 200 // 900) < 59 + 62  # of two cuts more, a month apart
    assert found.metrics["rows_judged"] == judged.sum() and found.against[0] == found.against[1]


def test_what_nothing_is_learned_of_is_said_by_the_words_that_it_starts_from():
    """Of 100 stars, in texts that hold none of these words."""
    said = {len(start): fitted(told(100), start) for start in ({}, starting.words())}
    texts = pd.Series(["Awesome, thanks!", "It is horrible.", "非常好，谢谢", "很差，不值"])
    alone, started = (model.log_odds(texts) for model in said.values())
    assert (started[[0, 2]] > started[[1, 3]] + 1).all() and np.ptp(alone) < np.ptp(started)


def test_it_is_the_regression_of_scikit_learn():
    rows = told(300)
    peer = HashingVectorizer(analyzer=grams, n_features=BINS, alternate_sign=False, binary=True)
    fit = LogisticRegression().fit(peer.transform(rows["text"]), rows["is_good"])
    ours = Sentiment({}, np.arange(BINS), fit.coef_[0], fit.intercept_[0])
    theirs = fit.predict_proba(peer.transform(rows["text"]))[:, 1]
    assert ours.predict(rows)["sentiment"].to_numpy() == pytest.approx(theirs, abs=1e-9)


def test_a_text_is_scored_by_itself_and_any_text_is(model, monkeypatch):
    texts = ["", "😀", "late " * 1_000, "牛奶過期了", "ＢＡＤ １２３", "Москва", "好吃 and tasty", None]
    rows = pd.DataFrame({"text": [*texts, *told(50)["text"]]})
    found = model.predict(rows)["sentiment"]
    assert found.between(0, 1).all() and found[0] == found[7]
    monkeypatch.setattr(sentiment, "AT_ONCE", 7)
    again = model.predict(rows.sample(frac=1, random_state=1))["sentiment"].sort_index()
    assert again.to_numpy() == pytest.approx(found.to_numpy(), abs=1e-12)
    assert model.predict(rows.head(0)).empty


def test_n_grams_are_of_characters_and_of_whole_words_without_persons_and_numbers():
    assert grams("Not good!") == {"<not>", "<good>", "not good", "!"} | {
        of[n : n + size] for of in ("<not>", "<good>") for size in range(2, 6) for n in range(len(of) - size + 1)
    }
    assert grams("不好吃") == {"不", "好", "吃", "不好", "好吃", "不好吃"}
    assert grams("[name] Ｇｏｏｄ 订单３１２😀 [payment card]") == grams("good 订单 😀")
    assert starting.words()["<awesome>"] > 0 > starting.words()["失望"] and starting.words()["i love"] > 0


def test_a_model_in_json_scores_the_same_and_holds_no_text(model):
    told_in_json = parameters.text(model)
    again = parameters.model(told_in_json)
    assert again.predict(told(50))["sentiment"].to_numpy() == pytest.approx(
        model.predict(told(50))["sentiment"], abs=1e-3
    )
    assert parameters.text(again) == told_in_json and "my order" not in told_in_json and len(again.places) <= 20_000


@pytest.mark.parametrize(
    ("texts", "told_of"), [(told(10), "of 8 texts"), (told(70).sort_values("is_good"), "of 14 texts")]
)
def test_too_few_stars_are_refused_in_words(texts, told_of):
    """All in all, and among the later ones, which calibrate."""
    with pytest.raises(CannotFit, match=f"{told_of} with stars"):
        fitted(texts, {})
