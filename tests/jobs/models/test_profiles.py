from datetime import date

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from jobs.models import profiles, profiles_judge
from jobs.models.mixed_columns import CATEGORIES, FEWEST, NUMBERS
from jobs.models.profiling import Profiles
from jobs.registry import parameters
from jobs.statistics.cannot_fit import CannotFit

KINDS = [  # the first two are alike in all numbers
    (30, 0.5, ("young", "single", "app", "evening", "SNACKS")),
    (30, 0.5, ("older", "couple", "store", "morning", "GARDEN")),
    (4, 0.8, ("middle-aged", "family", "store", "noon", None)),
]


def customers(n: int, seed: int, shift: float = 0.0) -> pd.DataFrame:
    """Simulated customers of three kinds; of one in twenty a column is not known."""
    draw = np.random.default_rng(seed)
    kind = draw.choice(3, n, p=[0.4, 0.35, 0.25])
    middle = np.array([of[1] for of in KINDS])[kind]
    found = pd.DataFrame(middle[:, None] + draw.normal(shift, 0.05, (n, len(NUMBERS))), columns=list(NUMBERS))
    found["orders_91d"] = np.round(np.array([of[0] for of in KINDS])[kind] * draw.lognormal(0, 0.2, n))
    for place, name in enumerate(CATEGORIES):
        found[name] = np.array([of[2][place] for of in KINDS], dtype=object)[kind]
    found.loc[draw.random(n) < 0.05, ["promotion_ratio", "age_group"]] = np.nan, None
    return found.assign(customer_id=np.arange(n), kind=kind)


def known(spark, frame: pd.DataFrame):
    """A lake that knows the same at any day."""
    made = spark.createDataFrame(frame)
    return lambda *_: made


@pytest.fixture(scope="module", autouse=True)
def fewer():
    """Trials enough to see what is seen."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(profiles, "CHOICES", (3, 4))
        patch.setattr(profiles_judge, "DRAWS", 6)
        yield


@pytest.fixture(scope="module")
def model(spark) -> Profiles:
    return profiles.fit(known(spark, customers(400, 1)), None)


def test_kinds_that_numbers_do_not_tell_apart_are_found_and_named(model):
    fresh = customers(200, 2)
    said = model.predict(fresh)
    assert adjusted_rand_score(fresh["kind"], said["profile"]) > 0.95
    assert model.tried.set_index("k")["stability"].to_dict() == {3: 1.0, 4: pytest.approx(0.7, abs=0.25)}
    names = said.groupby(fresh["kind"])["profile_name"].agg(lambda of: of.mode()[0])
    assert all(set(names[n].split(", ")) <= set(KINDS[n][2]) for n in (0, 1)), names
    assert names[0] != names[1]


def test_neither_the_order_of_rows_nor_what_is_known_after_the_cut_changes_anything(spark, model):
    cut, later = date(2017, 10, 2), customers(450, 8, shift=0.3)
    frames = {True: customers(400, 1).sample(frac=1, random_state=3), False: later}
    made = {is_known: spark.createDataFrame(of) for is_known, of in frames.items()}
    again = profiles.fit(lambda _, day, of_whom: made[max(day, of_whom) <= cut], cut)
    assert parameters.text(again) == parameters.text(model)


def test_labels_survive_a_retrain_and_a_new_profile_gets_a_new_one(spark, model):
    again = profiles.fit(known(spark, customers(350, 4)), None)
    turned = Profiles(**vars(again) | {"labels": again.labels[::-1]}).following(model)
    fresh = customers(300, 5)
    assert (turned.predict(fresh)["profile"] == model.predict(fresh)["profile"]).mean() > 0.97
    fewer = Profiles(**vars(model) | {"centres": model.centres.of(np.arange(2)), "labels": model.labels[:2]})
    assert set(again.following(fewer).labels) == {*fewer.labels, fewer.labels.max() + 1}


def test_a_category_of_few_is_none_and_what_is_new_is_no_error(spark):
    odd = customers(300, 6)
    odd.loc[: FEWEST - 2, "department"] = "RARE"
    model = profiles.fit(known(spark, odd), None)
    assert "RARE" not in parameters.text(model) and min(model.sizes) >= FEWEST
    asked = Profiles.example().assign(channel="drone", daypart=None, promotion_ratio=np.nan)
    assert model.predict(asked)["profile"].isin(model.labels).all()


def test_a_model_in_json_says_the_same(model):
    again, rows = parameters.model(parameters.text(model)), customers(50, 7)
    assert again.predict(rows).equals(model.predict(rows))


def test_the_judge_sets_it_beside_k_means_and_refuses_labels_that_moved(spark, model):
    judged = profiles.judge(model, known(spark, customers(400, 8)), None, None, model)
    assert judged.metrics["stability"] > 0.95 and judged.faults == ()
    assert judged.metrics["stability"] > judged.best_baseline("stability", lower_is_better=False)[1] + 0.2
    assert judged.metrics["difference_from_k_means_of_numbers_low"] > 0, "of numbers alone two kinds are one"
    assert judged.against == (judged.metrics["stability"],) * 2 and judged.metrics["agreement_with_champion"] == 1
    merged = Profiles(**vars(model) | {"labels": np.array([1, 1, 1])})
    moved = profiles.judge(merged, known(spark, customers(400, 8)), None, None, model)
    assert any("ARI" in fault for fault in moved.faults) and judged.plots["choice"]().axes


def test_k_means_that_is_stabler_by_more_than_chance_is_a_fault():
    mine = np.array([0.5, 0.6, 0.55])
    _, faults = profiles_judge._beside(
        mine, {"k_means_of_numbers": mine + 0.2, "other": mine + np.array([-0.2, 0.1, 0.1])}
    )
    assert faults == ["k_means_of_numbers is stabler: ARI 0.75, and 0.55"]


def test_too_few_customers_are_refused_in_words(spark):
    with pytest.raises(CannotFit, match="too few"):
        profiles.fit(known(spark, customers(50, 1)), None)
