"""Are days any good, and the windows around them? Beside what anybody can say by hand, on several later cuts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jobs.arrays import Floats
from jobs.models import plots
from jobs.models.bootstrap import differences
from jobs.models.chances_judge import by_chance, calibration_error, shares
from jobs.models.judged import Judged
from jobs.statistics import hazard
from jobs.statistics.hazard import NEVER

SOON, MANY = 28, 8  # days; days of 56 from which on it is all the same


class Said(NamedTuple):
    """The day, the chance that it comes within ``SOON`` days, the first and the last day of a window: (n,) each,
    ``NEVER`` where it is beyond the horizon, NaN where nothing is said of it."""

    day: Floats
    soon: Floats
    first: Floats
    last: Floats

    def losses(self, day: NDArray) -> dict[str, Floats]:
        """Of each row; a day's is capped, as the day is."""
        return {"days_mae": np.abs(self.day - day), "brier_28d": (self.soon - (day <= SOON)) ** 2}

    def coverage(self, day: NDArray, level: float) -> dict[str, float]:
        held = float(self.is_held(day).mean()) if not np.isnan(self.first).any() else np.nan
        return {"coverage": held, "coverage_error": abs(held - level)}

    def is_held(self, day: NDArray) -> NDArray:
        return (self.first <= day) & (day <= self.last)


class Asked(NamedTuple):
    """At a cut: ``rows`` with the ``day`` that came, what the model said of them, (n, days), and others by hand."""

    rows: pd.DataFrame
    by_day: Floats
    by_hand: Mapping[str, Said]


def by_hand(before: pd.DataFrame, now: pd.DataFrame) -> dict[str, Said]:
    """As usual: the median gap after the last purchase, and a window of eight in ten of the customer's own gaps. And
    when those came who were there before: all of them, or those with as many days in the last 56."""
    since, nothing, every = now["days_since_category"].to_numpy(float), np.full(len(now), np.nan), np.ones(len(now))
    due, first, last = (
        np.clip(np.round(now[f"category_gap_{name}"].to_numpy(float) - since), 1, NEVER) for name in ("median", 10, 90)
    )
    day, soon = before["day"].to_numpy(float), (before["day"] <= SOON).to_numpy(float)
    was, is_ = (of["category_days_56d"].clip(upper=MANY).to_numpy(float) for of in (before, now))
    usual = {many: np.median(day[was == many]) for many in np.unique(was)}
    alike = np.array([usual.get(many, np.median(day)) for many in is_])
    return {
        "median_gap": Said(due, nothing, first, last),
        "constant": Said(every * np.median(day), every * soon.mean(), nothing, nothing),
        "own_days_56d": Said(alike, shares(was, soon, is_), nothing, nothing),
    }


def judge(asked: Sequence[Asked], champion: Floats | None, level: float) -> Judged:
    """Of several cuts, the newest first, all rows together; the ``champion`` said this at the newest one."""
    rows = pd.concat([at.rows for at in asked])
    day, customers = rows["day"].to_numpy(), rows["customer_id"].to_numpy()
    every = {name: _joined([at.by_hand[name] for at in asked]) for name in asked[0].by_hand}
    every[""] = said = _said(np.concatenate([at.by_day for at in asked]), level)
    losses = {name: of.losses(day) for name, of in every.items()}
    means = {name: {metric: float(loss.mean()) for metric, loss in of.items()} for name, of in losses.items()}
    means = {name: means[name] | of.coverage(day, level) for name, of in every.items()}
    theirs = {name: {metric: of for metric, of in told.items() if np.isfinite(of)} for name, told in means.items()}
    mine = theirs.pop("")
    newest = asked[0].rows["day"].to_numpy()
    mine |= differences(Judged(mine, theirs), losses, customers)
    mine |= _told(said, day) | {"days_mae_newest": _error(asked[0].by_day, newest)}
    against = (mine["days_mae_newest"], _error(champion, newest)) if champion is not None else None
    soon = (day <= SOON).astype(float)
    return Judged(mine, theirs, against, {"reliability": lambda: plots.reliability(said.soon, soon)})


def _said(by_day: Floats, level: float) -> Said:
    first, last = hazard.window(by_day, level)
    return Said(
        hazard.quantile(by_day, 0.5).astype(float), by_day[:, SOON - 1], first.astype(float), last.astype(float)
    )


def _joined(of_cuts: Sequence[Said]) -> Said:
    """The same of all cuts."""
    return Said(*(np.concatenate(of) for of in zip(*of_cuts, strict=True)))


def _error(by_day: Floats, day: NDArray) -> float:
    return float(np.abs(hazard.quantile(by_day, 0.5) - day).mean())


def _told(said: Said, day: NDArray) -> dict[str, float]:
    """Of windows that close within the horizon, of others, and of what is said of the next 28 days."""
    is_held, closes, came = said.is_held(day), said.last < NEVER, (day <= SOON).astype(float)
    coverage = {
        f"coverage_where_it_{name}": float(is_held[of].mean())
        for name, of in (("closes", closes), ("is_open", ~closes))
        if of.any()
    }
    return coverage | {
        "windows_that_close": float(closes.mean()),
        "base_rate_28d": float(came.mean()),
        "predicted_to_actual_28d": float(said.soon.sum() / max(came.sum(), 1)),
        "calibration_error_28d": calibration_error(came, said.soon),
        "calibration_error_28d_by_chance": by_chance(said.soon),
        "pairs_judged": float(len(day)),
    }
