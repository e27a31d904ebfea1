from datetime import date

import numpy as np
import pandas as pd
import pytest

from jobs.models import segments
from jobs.models.segmentation import FEATURES, Segments
from jobs.registry import parameters


def customers(n: int, seed: int, shift: float = 0.0) -> pd.DataFrame:
    """Simulated customers of three kinds, the first the most frequent; one in fifty has no discount share."""
    draw = np.random.default_rng(seed)
    kind = draw.choice(3, n, p=[0.5, 0.3, 0.2])
    middle = np.array([[60, 5, 0.1, 0.6, 0.1], [20, 30, 0.8, 0.1, 0.2], [5, 10, 0.3, 0.1, 0.8]])[kind]
    found = pd.DataFrame(0.5 + draw.normal(0, 0.02, (n, len(FEATURES))), columns=list(FEATURES))
    found[["orders", "lines_per_order"]] = middle[:, :2] * draw.lognormal(0, 0.1, (n, 2))
    shares = ["weekend_order_share", "morning_order_share", "evening_order_share"]
    found[shares] = np.clip(middle[:, 2:] + draw.normal(shift, 0.03, (n, 3)), 0, 1)
    found.loc[draw.random(n) < 0.02, "discount_share"] = np.nan
    return found.assign(customer_id=np.arange(n))


def known(spark, frame: pd.DataFrame):
    """A lake that knows the same at any day."""
    made = spark.createDataFrame(frame)
    return lambda *_: made


def fitted(spark, frame: pd.DataFrame) -> Segments:
    return segments.fit(known(spark, frame), None)


@pytest.fixture(scope="module")
def model(spark) -> Segments:
    return fitted(spark, customers(900, 1))


def test_the_number_of_kinds_is_found_and_each_is_named_after_what_it_does(model):
    assert sorted(model.labels) == [1, 2, 3]
    names = dict(zip(model.labels, model.names(), strict=True))
    assert "morning" in names[1] and "weekend" in names[2] and "evening" in names[3]


def test_what_is_known_after_the_cut_changes_nothing(spark, model):
    """Who is there later, and what those of the cut do until then."""
    cut, every = date(2017, 10, 2), {True: customers(900, 1), False: customers(990, 8, shift=0.3)}
    frames = {is_known: spark.createDataFrame(of) for is_known, of in every.items()}
    again = segments.fit(lambda _, day, of_whom: frames[max(day, of_whom) <= cut], cut)
    assert parameters.text(again) == parameters.text(model)


def test_labels_survive_a_retrain(spark, model):
    again = fitted(spark, customers(700, 2).sample(frac=1, random_state=3)).following(model)
    fresh = customers(300, 4)
    assert (again.predict(fresh)["segment"] == model.predict(fresh)["segment"]).all()


def test_a_segment_that_is_new_gets_a_new_label(model):
    one_more = Segments(**vars(model) | {"centroids": np.vstack([model.centroids, 3 * np.ones(len(FEATURES))])})
    one_more = Segments(**vars(one_more) | {"labels": np.array([9, 8, 7, 6])})
    assert list(one_more.following(model).labels) == [*model.labels, 4]


def test_nobodys_own_behaviour_lies_in_the_model(model):
    own = model.scaled(customers(900, 1))
    assert not np.isclose(own[:, None, :], model.places[None, :, :]).all(axis=2).any()


def test_who_is_like_nobody_is_unusual(model):
    odd = customers(1, 5).assign(orders=1, lines_per_order=400, discount_share=1, private_label_share=1)
    assert model.predict(odd)["is_unusual"].all()
    assert model.predict(customers(500, 6))["is_unusual"].mean() < 0.1


def test_the_judge_has_a_baseline_and_refuses_labels_that_moved(spark, model):
    after = known(spark, customers(400, 8))
    judged = segments.judge(model, after, None, None, model)
    assert judged.metrics["silhouette"] > judged.best_baseline("silhouette", False)[1] + 0.2 and judged.faults == ()
    assert judged.against == (judged.metrics["silhouette"],) * 2
    assert judged.metrics["agreement_with_champion"] == 1
    turned = Segments(**vars(model) | {"centroids": np.roll(model.centroids, 1, axis=1)})
    moved = segments.judge(turned, after, None, None, model)
    assert any("ARI" in fault for fault in moved.faults)
    assert judged.plots["profile"]().axes and judged.plots["choice"]().axes


def test_too_few_customers_are_refused_in_words(spark):
    with pytest.raises(ValueError, match="too few"):
        fitted(spark, customers(50, 1))
