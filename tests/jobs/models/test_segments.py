from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import numpy as np
import pandas as pd
import pytest

from jobs.gold.customer_department_mix import mix
from jobs.models import segments, segments_judge
from jobs.models.buying_space import HOW_MUCH, WORDS
from jobs.models.segmentation import Segments
from jobs.models.segments_judge import Later
from jobs.registry import parameters

CUT = date(2017, 10, 2)
KINDS = pd.DataFrame(
    [(60, 20, 600, 200, 4, 0.1, "FOOD"), (60, 20, 600, 200, 4, 0.8, "DRINKS"), (6, 1, 300, 40, 30, 0.1, "FOOD")],
    columns=[*HOW_MUCH, "lines_per_order", "evening_order_share", "home"],
)
COLUMNS = [*dict.fromkeys((*HOW_MUCH, *WORDS))]


def customers(n: int, seed: int, times: float = 1.0) -> pd.DataFrame:
    """Simulated customers of three kinds; one in fifty knows no discount, one in thirty no department."""
    draw = np.random.default_rng(seed)
    kind = draw.choice(len(KINDS), n, p=[0.5, 0.3, 0.2])
    of = KINDS.iloc[kind].reset_index(drop=True)
    found = pd.DataFrame(0.5 + draw.normal(0, 0.02, (n, len(COLUMNS))), columns=COLUMNS)
    for name in (*HOW_MUCH, "lines_per_order"):
        found[name] = (of[name] * draw.lognormal(0, 0.2, n) * times).round(2)
    found["evening_order_share"] = np.clip(of["evening_order_share"] + draw.normal(0, 0.03, n), 0, 1)
    found.loc[draw.random(n) < 0.02, "discount_share"] = np.nan
    home = of["home"].where(draw.random(n) > 1 / 30, None)
    return found.assign(customer_id=np.arange(n), kind=kind, home=home, often=(of["orders_91d"] * times).round())


def visits(frame: pd.DataFrame) -> Iterator[tuple[int, date]]:
    """As often in the days after the cut, and in as many before it."""
    for row in frame.itertuples():
        for day in (CUT, CUT - timedelta(90)):
            yield from ((row.customer_id, day + timedelta(1 + n)) for n in range(int(row.often)))


def known(spark, frame: pd.DataFrame):
    """A lake that knows the same of who they are on any day."""
    homes = frame.set_index("customer_id")["home"].to_dict()
    parts = {home: {"FOOD": 0.1, "TOYS": 0.1, "DRINKS": 0.1} | {home: 0.8} for home in ("FOOD", "DRINKS")}
    days = [*visits(frame)]
    sold = [(f"a:{who}", who, on, *one) for who, on in days for one in parts.get(homes[who], {"?": 0.0}).items()]
    shape = "account_id string, customer_id long, ordered_on date, department string, sales double"

    @cache
    def table(name: str):
        bought = spark.createDataFrame(sold, shape)
        if name == "gold.customer_behaviour":
            return spark.createDataFrame(frame[["customer_id", *COLUMNS]])
        if name == "gold.customer_days":
            of_days = [(who, on, 1, 10.0) for who, on in days]
            return spark.createDataFrame(of_days, "customer_id long, ordered_on date, orders long, spend double")
        if name == "silver.customers":
            return bought.select("account_id", "customer_id").distinct()
        return mix(bought) if name == "gold.customer_department_mix" else bought.drop("customer_id")

    return lambda name, *_: table(name).cache()


def fitted(spark, frame: pd.DataFrame) -> Segments:
    return segments.fit(known(spark, frame), CUT)


@pytest.fixture(scope="module")
def simulated(spark):
    frame = customers(700, 1)
    return frame, segments.sampled(known(spark, frame), CUT, 1_000)


@pytest.fixture(scope="module")
def model(spark) -> Segments:
    return fitted(spark, customers(700, 1))


def test_kinds_that_differ_in_how_much_or_what_are_found_and_named_after_it(model, simulated):
    frame, rows = simulated
    found = model.predict(rows)
    of_kind = found.groupby(frame["kind"].where(frame["home"].notna(), -1))["segment"].agg(lambda of: of.mode()[0])
    assert len({*of_kind[[0, 1, 2]]}) == 3 and model.tried["told_apart"].notna().all()
    name = found.drop_duplicates("segment").set_index("segment")["segment_name"]
    assert "much DRINKS" in name[of_kind[1]] and {"rare", "big baskets"} & {*name[of_kind[2]].split(", ")}
    assert len({frozenset(of.split(", ")) for of in model.names()}) == len(model.labels)  # not the same words turned


def test_what_is_known_after_the_cut_changes_nothing(spark, model):
    """Who is there later, and what those of the cut do until then."""
    worlds = {True: known(spark, customers(700, 1)), False: known(spark, customers(790, 8, times=3))}
    again = segments.fit(lambda name, day, of_whom: worlds[max(day, of_whom) <= CUT](name), CUT)
    assert parameters.text(again) == parameters.text(model)


def test_labels_survive_a_retrain(spark, model, simulated):
    other = customers(600, 2).sample(frac=1, random_state=3)
    again = fitted(spark, other.assign(customer_id=range(600))).following(model)
    assert (again.predict(simulated[1])["segment"] == model.predict(simulated[1])["segment"]).mean() > 0.97


def test_a_segment_that_is_new_gets_a_new_label_and_so_do_all_of_who_looks_at_other_things(model):
    k = len(model.labels)
    more = {
        name: np.vstack([getattr(model, name), 9 * np.ones(getattr(model, name).shape[1])])
        for name in ("centroids", "typical")
    }
    one_more = Segments(**vars(model) | more | {"labels": np.arange(k + 1)})
    assert list(one_more.following(model).labels) == [*model.labels, k + 1]
    assert list(model.following(parameters.model(FORMAT_1)).labels) == [*(model.labels + 2)]


def test_nobodys_own_behaviour_lies_in_the_model(model, simulated):
    own = model.placed(simulated[1])
    assert not np.isclose(own[:, None, :], model.places[None, :, :]).all(axis=2).any()


def test_who_is_like_nobody_is_unusual(model, simulated):
    odd = simulated[1].head(1).assign(orders=1, orders_91d=0, spend=90_000, spend_91d=0)
    assert model.predict(odd)["is_unusual"].all() and model.predict(simulated[1])["is_unusual"].mean() < 0.1


def test_the_judge_tells_how_much_is_explained_beside_groups_by_hand_and_refuses_labels_that_moved(spark, model):
    world = known(spark, customers(400, 8))
    judged = segments.judge(model, world, CUT, CUT + timedelta(90), model)
    assert judged.metrics["told_apart"] > judged.best_baseline("told_apart", False)[1] and judged.faults == ()
    assert judged.metrics["explained_mix"] > 0.8 and judged.baselines["frequency_groups"]["explained_mix"] < 0.2
    assert judged.against == (judged.metrics["told_apart"],) * 2
    assert judged.metrics["agreement_with_champion"] == 1
    turned = Segments(**vars(model) | {"centroids": np.roll(model.centroids, 1, axis=1)})
    moved = segments.judge(turned, world, CUT, CUT + timedelta(90), model)
    assert any("ARI" in fault for fault in moved.faults)
    assert judged.plots["profile"]().axes and judged.plots["choice"]().axes


def test_groups_that_tell_one_thing_alone_tell_nothing():
    kind = np.repeat([0, 1], 50)
    after = Later(kind * 100.0, kind * 5.0, np.tile([[1.0, -1.0], [-1.0, 1.0]], (50, 1)))
    found = segments_judge.told_apart(kind, after)
    assert found["explained_order_days"] == 1 and found["told_apart"] == 0
    assert segments_judge.told_apart(kind, Later(after.spend, after.order_days, np.empty((100, 0))))["told_apart"] == 1


def test_a_shop_without_departments_and_a_year_without_a_past_have_segments_too(spark):
    frame = customers(300, 5).assign(home=None)
    world = known(spark, frame)
    few = frame.head(20)

    def young(name: str, day: date, cut: date):
        return known(spark, few)(name) if cut < CUT else world(name)

    model = segments.fit(young, CUT)
    assert model.tried["told_apart"].isna().all() and model.space.departments == ()
    judged = segments.judge(model, world, CUT, CUT + timedelta(90), None)
    assert judged.metrics["told_apart"] > 0.5 and "explained_mix" not in judged.metrics


def test_too_few_customers_are_refused_in_words(spark):
    with pytest.raises(ValueError, match="50 customers are too few"):
        fitted(spark, customers(50, 1))


def test_a_model_of_format_1_scores_as_it_did():
    """As it was kept, and what it said, before there was a format 2."""
    found = parameters.model(FORMAT_1).predict(Segments.example())
    assert found["segment_name"].tolist() == ["morning, one department"] * 2 and found["segment"].tolist() == [2, 2]
    assert found["distance"].tolist() == pytest.approx([6.949281781053206, 6.65115558986349])


FORMAT_1 = """{"class": "segmentation.Segments", "format": 1, "parameters": {
"medians": [0.35, 0.82, 0.33, -1.3, 0.91, 0.45, -0.54, 0.58, 0.36],
"means": [0.29, 0.03, 0.55, -0.74, -0.16, -0.48, 0.6, 0.04, -0.29],
"deviations": [0.46, 0.77, 1.01, 0.76, 3.63, 2.75, 0.07, 0.15, 0.84],
"centroids": [[-0.42, 0.21, 0.22, 2.12, -1.11, -0.38, 2.04, 0.65, 0.66],
[-0.51, -1.65, 0.17, 0.11, -1.23, -0.68, -0.07, -0.94, -0.1]], "labels": [2, 1],
"places": [[0.1, 0.04, -0.51, 0.59, 0.89, 0.32, -0.82, 0.73, -0.5],
[0.88, -1.07, 0.91, -0.02, -1.25, -0.31, 0.05, 0.27, -0.98],
[-1.11, 0.2, -0.47, 0.24, 0.76, -1.65, 0.25, 1.22, -0.3]], "radius": 2.5,
"tried": {"k": [2, 3], "silhouette": [0.1, 0.3], "stability": [0.9, 0.8]}}}"""
