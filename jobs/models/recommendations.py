"""Recommendations: which ten products somebody will buy in the next 14 days."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pandas as pd

from jobs.models import recommendations_judge
from jobs.models.examples import STEP, Known, earlier, judged, side_by_side
from jobs.models.judged import Judged
from jobs.models.recommendations_seen import EVERY_DAY, Seen, seen
from jobs.models.recommender import NEWCOMER, Recommender
from jobs.models.recommender_fit import fitted
from jobs.statistics.cannot_fit import CannotFit
from jobs.statistics.recurrence import HORIZON

CUTS = 2  # to learn from


def learned(of: Sequence[Seen]) -> Recommender:
    """CannotFit where too little was bought."""
    known = pd.concat([at.rows[EVERY_DAY] for at in of])
    new = pd.concat([at.rows[days] for at in of for days in range(1, NEWCOMER + 1)])
    return Recommender(fitted(known), fitted(new))


def past(cut: date) -> list[date]:
    """Cuts to learn from, of which what was bought is known a step later: the same to each model that asks."""
    return earlier(cut, HORIZON, CUTS)


def fit(known: Known, cut: date) -> Recommender:
    at = side_by_side(past(cut), lambda then: seen(known, then, then + STEP))
    return replace(learned([*at.values()]), seen=at)


def judge(model: Recommender, known: Known, cut: date, as_of: date, champion: Recommender | None) -> Judged:
    """At each cut by a model that was fitted there as this one was, and knew nothing later."""
    cuts = judged(cut)
    every = sorted({*cuts, *(of for then in cuts for of in past(then))} - {*model.seen}, reverse=True)
    at = {**model.seen, **side_by_side(every, lambda then: seen(known, then, min(then + STEP, as_of)))}
    models = {cut: model}
    for then in cuts[1:]:
        with suppress(CannotFit):
            models[then] = learned([at[of] for of in past(then)])
    asked = {then: at[then] for then in models if len(at[then].bought)}
    if not asked:
        raise CannotFit("nobody bought anything in the days that it would be judged by")
    return recommendations_judge.judge(models, asked, champion)
