import numpy as np
import pytest
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from jobs.statistics import blend_fit
from jobs.statistics.blend import Blend, logged


def sample(n: int, seed: int, bend: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Four features, some missing; a line, and a ``bend`` that no line has."""
    draw = np.random.default_rng(seed)
    rows = draw.normal(size=(n, 4))
    chance = expit(-2 + rows[:, 0] + bend * (np.abs(rows[:, 1]) > 1.2) - 0.5 * rows[:, 2])
    rows[draw.random((n, 4)) < 0.03] = np.nan
    return rows, (draw.random(n) < chance).astype(float), chance


@pytest.mark.parametrize("bend", [0.0, 3.0])
def test_it_is_as_good_as_a_line_and_better_where_there_is_none(bend):
    rows, labels, _ = sample(3_000, 1, bend)
    fresh, _, chance = sample(3_000, 2, bend)
    found, _ = blend_fit.fit(rows, labels, np.ones(len(rows)))
    line = LogisticRegression().fit(logged(np.nan_to_num(rows)), labels)
    mine, theirs = (
        np.mean((of - chance) ** 2)
        for of in (expit(found.log_odds(fresh)), line.predict_proba(logged(np.nan_to_num(fresh)))[:, 1])
    )
    assert mine < 1.1 * theirs if not bend else mine < 0.4 * theirs
    assert Blend.from_data(found.as_data()).log_odds(fresh).tolist() == found.log_odds(fresh).tolist()


def test_contributions_come_to_the_log_odds_and_who_was_hidden_is_told_truly():
    rows, labels, chance = sample(3_000, 3, 1.5)
    found, hidden = blend_fit.fit(rows, labels, np.ones(len(rows)))
    base, each = found.contributions(rows)
    assert base + each.sum(axis=1) == pytest.approx(found.log_odds(rows), abs=1e-4)
    assert np.bincount(hidden.fold, labels).tolist() == pytest.approx([labels.sum() / 5] * 5, abs=1)
    assert expit(hidden.blend).mean() == pytest.approx(labels.mean(), abs=0.005)
    assert np.corrcoef(expit(hidden.blend), chance)[0, 1] > 0.9


def test_others_of_whom_a_sample_was_drawn_count_for_all():
    rows, labels, _ = sample(6_000, 4, 0.0)
    stays = (labels > 0) | (np.arange(6_000) % 3 == 0)
    weight = np.where(labels > 0, 1.0, (labels == 0).sum() / (stays & (labels == 0)).sum())[stays]
    found, _ = blend_fit.fit(rows[stays], labels[stays], weight)
    assert expit(found.log_odds(rows)).mean() == pytest.approx(labels.mean(), abs=0.02)
