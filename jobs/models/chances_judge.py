"""Are probabilities any good? Beside what anybody can say by hand, on several later cuts together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression

from jobs.arrays import Floats
from jobs.models import plots
from jobs.models.bootstrap import differences
from jobs.models.chances_fit import log_losses
from jobs.models.judged import Judged
from jobs.statistics.conformal import groups
from jobs.statistics.roc import auc_losses

LOSSES: dict[str, Callable[[Floats, Floats], Floats]] = {
    "brier": lambda happened, said: (happened - said) ** 2,
    "log_loss": log_losses,
    "auc_loss": auc_losses,
}
TENTHS, PERFECT, LEVEL = 10, 200, 0.95  # draws of a perfect model, and how many of them err less


class Asked(NamedTuple):
    """At a cut: what ``happened``, 0 or 1, to ``customers``, who are ranked among those of their ``kinds``, what the
    model ``said`` of it, and others ``by_hand``; all of shape (n,)."""

    customers: NDArray
    kinds: NDArray
    happened: Floats
    said: Floats
    by_hand: Mapping[str, Floats]


def judge(asked: Sequence[Asked], champion: Floats | None) -> Judged:
    """Of several cuts, the newest first, all rows together; the ``champion`` said this at the newest one."""
    customers, kinds, happened, said = (np.concatenate(of) for of in list(zip(*asked, strict=True))[:4])
    by_hand = {name: np.concatenate([at.by_hand[name] for at in asked]) for name in asked[0].by_hand}
    every = {"": said} | by_hand
    rows = {name: {metric: loss(happened, of) for metric, loss in LOSSES.items()} for name, of in every.items()}
    theirs = {
        name: {metric: float(of.mean()) for metric, of in rows[name].items()}
        | {"lift_first_tenth": lift(kinds, happened, every[name])}
        for name in every
    }
    mine = theirs.pop("")
    newest = asked[0]
    mine |= differences(Judged(mine, theirs), rows, customers)
    mine |= {
        "auc": 1 - mine["auc_loss"],
        "base_rate": float(happened.mean()),
        "predicted_to_actual": float(said.sum() / max(happened.sum(), 1)),
        "calibration_error": calibration_error(happened, said),
        "calibration_error_by_chance": by_chance(said),
        "rows_judged": float(len(said)),
        "brier_newest": float(LOSSES["brier"](newest.happened, newest.said).mean()),
        "auc_newest": 1 - float(auc_losses(newest.happened, newest.said).mean()),
        "calibration_error_newest": calibration_error(newest.happened, newest.said),
        "calibration_error_by_chance_newest": by_chance(newest.said),
    }
    against = None
    if champion is not None:
        against = mine["brier_newest"], float(LOSSES["brier"](newest.happened, champion).mean())
    return Judged(mine, theirs, against, {"reliability": lambda: plots.reliability(said, happened)})


def lift(kinds: NDArray, happened: Floats, said: Floats) -> float:
    """How many times as often as to all it happened to the tenth of whom it was most likely said; mean of the kinds."""
    found = []
    for kind in np.unique(kinds):
        of = kinds == kind
        order = np.argsort(-said[of], kind="stable")[: max(1, of.sum() // TENTHS)]
        found.append(happened[of][order].mean() / max(happened[of].mean(), 1e-9))
    return float(np.mean(found))


def calibration_error(happened: Floats, said: Floats) -> float:
    """Mean distance of what was said from what happened, over tenths by what was said (Naeini and others 2015)."""
    return sum(len(of) * abs(happened[of].mean() - said[of].mean()) for of in groups(said)) / len(said)


def by_chance(said: Floats) -> float:
    """A calibration error that 95 % of perfect models of this size stay below (Bröcker and Smith 2007)."""
    draw = np.random.default_rng(0)
    errors = [calibration_error((draw.random(len(said)) < said).astype(np.float64), said) for _ in range(PERFECT)]
    return float(np.quantile(errors, LEVEL))


def shares(before: Floats, happened: Floats, now: Floats) -> Floats:
    """What a sceptic would say by one number: how often it happened to those with about as much of it ``before``, as a
    rising or a falling step function, whichever fits."""
    values = np.unique(before)
    place = np.searchsorted(values, before)
    many, cases = np.bincount(place), np.bincount(place, happened)
    fits = [isotonic_regression(cases / many, weights=many, increasing=is_up).x for is_up in (True, False)]
    best = min(fits, key=lambda fit: float(np.mean((happened - fit[place]) ** 2)))
    return np.interp(now, values, best)
