"""When it happens: hazards that are known, days and windows that follow from them."""

import numpy as np
import pytest

from jobs.statistics import hazard
from jobs.statistics.cannot_fit import CannotFit
from jobs.statistics.hazard import BINS, HORIZON, NEVER, Hazard

NO_CHANGE = np.zeros((1, len(BINS), 1))


def drawn(many: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Days of whom a feature speeds up, and another, that grows with time, slows down; by bins of one day's hazard."""
    draw = np.random.default_rng(seed)
    stays = draw.normal(size=(many, 1))
    changes = np.broadcast_to((BINS / 28.0)[None, :, None], (many, len(BINS), 1))
    each = 1 / (1 + np.exp(-(0.8 * stays - 0.5 * changes[:, :, 0] - 1)))
    came = draw.random((many, len(BINS))) < each
    first = np.where(came.any(axis=1), came.argmax(axis=1), len(BINS))
    starts = np.append(np.concatenate([[0], BINS[:-1]]), NEVER - 1)
    return stays, changes, starts[first] + 1


def test_weights_that_made_the_days_are_found_again():
    stays, changes, day = drawn(20_000)
    found = hazard.fit(stays, changes, day)
    assert found.stays[0] == pytest.approx(0.8, abs=0.04)
    said = found.by_day(stays, changes)
    assert said.mean(axis=0)[BINS - 1] == pytest.approx([(day <= last).mean() for last in BINS], abs=0.005)
    high = stays[:, 0] > 1
    assert said[high, HORIZON - 1].mean() == pytest.approx((day[high] <= HORIZON).mean(), abs=0.02)
    again = Hazard.from_data(found.as_data())
    assert (again.by_day(stays, changes) == said).all()
    with pytest.raises(CannotFit, match="of 300 examples it happened in 0 within 56 days"):
        hazard.fit(stays[:300], changes[:300], np.full(300, NEVER))


def test_hazards_of_bins_are_those_of_the_book():
    """Age at first intercourse of 180 boys, grades 7 to 12 (Singer and Willett 2003, Applied longitudinal data
    analysis, table 10.1), and the logits of table 11.3, model A."""
    came, boys = [15, 7, 24, 29, 25, 26], 180
    day = np.repeat([*BINS[:6], NEVER], [*came, boys - sum(came)]).repeat(10)
    nothing = np.zeros((len(day), 1))
    found = hazard.fit(nothing, np.zeros((len(day), len(BINS), 1)), day)
    assert found.bins[:6].round(4).tolist() == [-2.3979, -3.1167, -1.7198, -1.2867, -1.1632, -0.7309]
    assert np.isfinite(found.bins).all() and (found.bins[6:] < -6).all()


def test_within_a_bin_each_day_is_as_likely_and_nothing_gets_less_likely():
    flat = Hazard(np.zeros(1), np.zeros(1), np.full(len(BINS), np.log(0.25 / 0.75)))  # a quarter in each bin
    [said] = flat.by_day(np.zeros((1, 1)), NO_CHANGE)
    assert said[[2, 6, HORIZON - 1]] == pytest.approx([0.25, 1 - 0.75**2, 1 - 0.75**10])
    left = 1 - np.concatenate([[0], said])
    assert left[4] / left[3] == pytest.approx(left[7] / left[6]) and (np.diff(said) > 0).all()


def test_a_window_is_central_where_it_closes_and_else_open_with_all_doubt_before_it():
    by_day = np.array([np.arange(1, 57) / 56, np.arange(1, 57) / 112, np.arange(1, 57) / 560])
    assert hazard.quantile(by_day, 0.5).tolist() == [28, 56, NEVER]
    first, last = hazard.window(by_day, 0.8)
    assert first.tolist() == [6, 23, NEVER] and last.tolist() == [51, NEVER, NEVER]  # a tenth, a fifth, not by then


@pytest.mark.parametrize("level", [0.5, 0.8, 0.9])
def test_a_window_of_the_true_days_holds_what_it_says(level):
    stays, changes, day = drawn(20_000, 2)
    said = hazard.fit(*drawn(20_000, 3)).by_day(stays, changes)
    first, last = hazard.window(said, level)
    held = (first <= day) & (day <= last)
    assert level - 0.02 < held.mean() < level + 0.12  # on the first day of a bin here: a window holds it whole
