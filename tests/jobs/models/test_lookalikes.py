"""A made-up till where some like tea in the evening: 150 of them are in a list, and 50 were forgotten."""

from datetime import date, timedelta

import numpy as np
import pytest

from jobs.gold.customer_lookalikes import customer_lookalikes
from jobs.models import lookalikes, lookalikes_judge, traits
from jobs.models.likeness import Lookalikes
from jobs.models.lookalikes_judge import Asked
from jobs.models.scoring import Champion
from jobs.registry import parameters
from jobs.statistics.cannot_fit import CannotFit
from tests.conftest import frame

FEATURES, CUT = "gold.customer_audience_features", date(2017, 12, 3)
LISTED, FORGOTTEN, OTHERS = 150, 50, 500


def till(later: int = 0) -> list[dict]:
    """Of the tea drinkers those after the first ``later`` are in the list; one in four of all is a friend, but 60 at
    most are. The first customer of all, who is forgotten, allows no profiling."""
    draw, rows = np.random.default_rng(7), list[dict]()
    for who in range(LISTED + FORGOTTEN + OTHERS):
        likes, is_in = who < LISTED + FORGOTTEN, FORGOTTEN + later <= who < LISTED + FORGOTTEN
        orders = 1 + int(draw.gamma(2, 8))
        tea = draw.binomial(orders, 0.6 if likes else 0.1)
        rows.append(
            {
                "customer_id": who,
                "audiences": ["friends"] * (who % 4 == 0 and who < 240) + ["tea club"] * is_in,
                "allows_profiling": who > 0,
                "categories": ["TEA", "XYZ"] if tea else ["XYZ"],
                "category_days": [tea, orders] if tea else [orders],
                "orders": orders,
                "order_days": orders,
                "spend": f"{orders * draw.gamma(5, 5):.2f}",
                "spend_91d": f"{draw.gamma(5, 5):.2f}",
                "evening_order_share": None if who % 50 == 9 else draw.beta(*((4, 2) if likes else (2, 4))),
                "favourite_channel": str(draw.choice(["store", "app"])),
                "frequency_quintile": int(draw.integers(1, 6)),
            }
        )
    return rows


def known(spark, at: dict[date, list[dict]]):
    """A lake that knew other things at other days, of who allows profiling, as the machine gives it."""
    allowing = {day: [row for row in of if row["allows_profiling"]] for day, of in at.items()}
    frames = {day: frame(spark, FEATURES, *of).cache() for day, of in allowing.items()}
    return lambda _, day, __: frames[day]


@pytest.fixture(scope="module")
def world(spark):
    return known(spark, {CUT: till(), CUT - timedelta(28): till(later=40)})


@pytest.fixture(scope="module")
def fitted(world) -> Lookalikes:
    return lookalikes.fit(world, CUT)


@pytest.fixture(scope="module")
def listed(spark, fitted) -> list:
    made = customer_lookalikes(frame(spark, FEATURES, *till()), Champion(3, fitted))
    return made.orderBy("audience", "place").collect()


def test_the_forgotten_come_first_and_no_member_is_there(listed):
    assert {row.audience for row in listed} == {"tea club"}
    assert [row.place for row in listed] == list(range(1, LISTED + 1))
    found = [row.customer_id for row in listed]
    assert not {*found} & set(range(FORGOTTEN, FORGOTTEN + LISTED))
    assert sum(who < FORGOTTEN for who in found[:40]) > 35
    said = [row.similarity for row in listed]
    assert said == pytest.approx(sorted(said, reverse=True), abs=1e-6) and listed[0].lift_held_out > 5


def test_who_allows_no_profiling_is_in_no_list_and_no_example(listed, world, fitted, spark):
    assert 0 not in {row.customer_id for row in listed}
    told = lookalikes.seen(world, CUT)
    assert len(told) == LISTED + FORGOTTEN + OTHERS - 1
    nobody = [row | {"allows_profiling": False} for row in till()]
    assert customer_lookalikes(frame(spark, FEATURES, *nobody), Champion(3, fitted)).count() == 0


def test_without_any_consents_everybody_may_be_listed(spark, fitted, listed):
    rows = frame(spark, FEATURES, *(row | {"allows_profiling": None} for row in till()))
    made = customer_lookalikes(rows.repartition(3), Champion(3, fitted)).orderBy("place").collect()
    assert [row.customer_id for row in made if row.customer_id] == [row.customer_id for row in listed][: len(made) - 1]


def test_a_reason_says_what_is_alike_and_what_is_usual_of_members(listed):
    assert listed[0].reason_1 == "TEA on 61% of days with an order; members: 58%"
    assert listed[0].reason_1_log_odds > 0
    assert any("% from 17:00; members: mostly ?: ?" in reason for row in listed for reason in row[6:9])


def test_fewer_than_a_hundred_members_are_refused_in_words_and_shown_nowhere(spark, fitted, listed):
    assert fitted.refused == ("friends",) and fitted.audiences.keys() == {"tea club"}
    assert "friends" in fitted.parameters()["refused for too few members"] and "60" not in str(fitted.parameters())
    few = [row | {"audiences": [name for name in row["audiences"] if name == "friends"]} for row in till()]
    with pytest.raises(CannotFit, match=r"no audience has 100 members who allow profiling, .*: friends") as told:
        lookalikes.fit(known(spark, {CUT: few}), CUT)
    assert "60" not in str(told.value)
    shrunk = [row | {"audiences": row["audiences"] * (row["customer_id"] >= 120)} for row in till()]  # 80 are left
    assert customer_lookalikes(frame(spark, FEATURES, *shrunk), Champion(3, fitted)).count() == 0


def test_hidden_members_and_those_who_join_are_found_as_well_as_by_a_logistic_model(world, fitted):
    found = lookalikes.judge(fitted, world, CUT, CUT, None)
    assert set(found.baselines) == {"spend_91d", "rfm", "nearest_members"} and not found.faults
    assert found.metrics["lift_hidden"] > found.best_baseline("lift_hidden", lower_is_better=False)[1]
    for metric in ("lift_hidden", "lift_joined"):
        assert found.metrics[metric] > 0.95 * found.metrics[f"{metric}_beside_logistic"] > 4
        assert found.metrics[f"{metric}_difference_to_logistic_high"] >= 0


def test_what_is_known_after_the_cut_changes_nothing(spark, fitted):
    after = [row | {"audiences": ["tea club"], "orders": 999} for row in till()]
    again = lookalikes.fit(known(spark, {CUT: till(), CUT + timedelta(1): after}), CUT)
    assert parameters.text(again) == parameters.text(fitted)


def test_of_many_a_part_is_drawn_that_stands_for_all_and_a_small_list_comes_whole(world, monkeypatch):
    monkeypatch.setattr(lookalikes, "FEWEST", 10)  # so that 100 of a group are enough
    monkeypatch.setattr(lookalikes, "MOST", 0)
    rows = lookalikes.seen(world, CUT)
    every = LISTED + FORGOTTEN + OTHERS - 1
    assert lookalikes.members(rows, "friends").sum() == 59 and len(rows) < every / 2
    assert rows["weight"].sum() == pytest.approx(every, rel=0.1)


def test_a_model_in_json_says_the_same(fitted):
    again = parameters.model(parameters.text(fitted))
    assert again.predict(again.example()).equals(fitted.predict(fitted.example()))


def test_a_lift_counts_for_whom_a_row_stands_and_shares_out_equals():
    customers, labels = np.arange(7), np.array([1, 1, 1, 0, 0, 0, 0.0])
    said = np.array([9.0, 4.0, 1.0, 9.0, 4.0, 4.0, 1.0])
    asked = Asked(customers, labels, np.array([1, 1, 1, 1, 5, 5, 29.0]), {"": said})
    assert asked.lifts("").tolist() == pytest.approx([10, 10 * 3 / 10, 0])  # of 40 the first 4: one, and 3 of 10 equals


def test_the_best_trait_is_that_which_tells_members():
    draw, labels = np.random.default_rng(1), np.repeat([1.0, 0.0, np.nan], [60, 200, 10])
    features = draw.normal(size=(270, len(traits.NUMBERS)))
    features[:60, 3] -= 3
    assert (lookalikes_judge.best_trait(features, labels) == -features[:, 3]).all()
