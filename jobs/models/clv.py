"""Customer lifetime value: rivals learn at several earlier cuts, are weighed, and judged at the latest.

A time unit is a day, and an order is a day with an order: two baskets on one day are one occasion.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd

from jobs.arrays import Floats
from jobs.models import lifetime_judge
from jobs.models.examples import Known, drawn, earlier, gathered, judged, of_cuts
from jobs.models.judged import Judged
from jobs.models.lifetime_blend import (
    BG_NBD,
    BOOSTING,
    FOREST,
    ORDERS,
    SPEND,
    WINDOWS,
    Blend,
    Said,
    combined,
    features,
    mean_of_windows,
)
from jobs.models.lifetime_value import HORIZON, INPUTS, LEVEL, Clv
from jobs.statistics import trees
from jobs.statistics.bg_nbd_fit import fit_bg_nbd
from jobs.statistics.cannot_fit import CannotFit
from jobs.statistics.conformal import band
from jobs.statistics.gamma_gamma import fit_gamma_gamma
from jobs.statistics.stacking import stacked
from jobs.statistics.trees import Trees

CUTS, HISTORY = 5, timedelta(days=14)  # of a training; what is to be seen at each
FEWEST = 200  # customers at the newest cut, to hold half of them out
OBJECTIVES = {ORDERS: "count:poisson", SPEND: "reg:squarederror"}


class Told(NamedTuple):
    """The examples of a cut, and what BG/NBD and gamma-gamma of that cut know."""

    base: Clv
    customers: pd.DataFrame
    known: Floats


def fit(known: Known, cut: date) -> Clv | Blend:
    """BG/NBD and gamma-gamma, boosting, a forest and what a sceptic says, each weighed by what it was worth for
    customers who were held out of the newest cut whose days had passed at ``cut``. CannotFit where too few came back.
    """
    now = gathered(drawn(known("gold.customer_features", cut, cut)))
    base = by_history(now)
    begins = cut - timedelta(days=int(now["days_observed"].max()))
    cuts = [then for then in earlier(cut, HORIZON, CUTS) if then - begins >= HISTORY]
    past = list(_told(known, cuts, cut))
    if not past:  # the data began less than a horizon before
        return base
    newest = past[0].customers
    said = {BG_NBD: past[0].base.of_90_days(newest), WINDOWS: mean_of_windows(newest)}
    if len(newest) >= FEWEST:
        said |= _held_out(past)
    actual = [newest[f"future_{what}"].to_numpy(float) for what in (ORDERS, SPEND)]
    weights = {
        what: stacked({name: of[n] for name, of in said.items()}, actual[n]) for n, what in enumerate((ORDERS, SPEND))
    }
    kinds = [kind for kind in (BOOSTING, FOREST) if any(kind in of for of in weights.values())]
    orders, _ = combined(said, weights)
    return Blend(base, _trained(past, kinds), weights, band(orders, actual[0], LEVEL))


def by_history(customers: pd.DataFrame) -> Clv:
    """BG/NBD and gamma-gamma of rows of ``INPUTS``, a customer each."""
    orders = fit_bg_nbd(*(customers[name] for name in INPUTS[:3]))
    values = fit_gamma_gamma(customers["repeat_days"], customers["repeat_spend"])
    purchased, returned = (float(customers[name].sum()) for name in ("purchased", "returned"))
    days = float((customers["repeat_days"] + 1).sum())
    return Clv(orders, values, LEVEL, returned / purchased if purchased > 0 else 0.0, purchased / days)


def _told(known: Known, cuts: Sequence[date], until: date) -> Iterator[Told]:
    """Newest first, as far back as somebody had come back."""
    for customers in of_cuts(known, cuts, until, HORIZON).values():
        try:
            base = by_history(customers)
        except CannotFit:
            return
        yield Told(base, customers, features(customers, base))


def _trained(past: list[Told], kinds: Iterable[str]) -> dict[str, dict[str, Trees]]:
    known = np.concatenate([of.known for of in past])
    labels = {what: np.concatenate([of.customers[f"future_{what}"] for of in past]) for what in (ORDERS, SPEND)}
    made = {
        BOOSTING: lambda what: trees.boosting(known, labels[what], OBJECTIVES[what]),
        FOREST: lambda what: trees.forest(known, labels[what]),
    }
    return {kind: {what: made[kind](what) for what in (ORDERS, SPEND)} for kind in kinds}


def _held_out(past: list[Told]) -> dict[str, Said]:
    """What trees of one half of the customers say of the other half at the newest cut, by kind."""
    newest, halves = past[0], [pd.util.hash_array(of.customers["customer_id"].to_numpy()) % 2 for of in past]
    said = {kind: (np.empty(len(newest.known)), np.empty(len(newest.known))) for kind in (BOOSTING, FOREST)}
    for half in (0, 1):
        others = [
            Told(t.base, t.customers[of != half], t.known[of != half]) for t, of in zip(past, halves, strict=True)
        ]
        for kind, of_kind in _trained(others, said).items():
            for mine, what in zip(said[kind], (ORDERS, SPEND), strict=True):
                mine[halves[0] == half] = of_kind[what].predict(newest.known[halves[0] == half])
    return said


def judge(model: Clv | Blend, known: Known, cut: date, as_of: date, champion: Clv | Blend | None) -> Judged:
    """Orders and spend after the latest cuts, each by a model that was fitted as this one was and knew nothing later,
    beside what anybody can say by hand."""
    models = {cut: model}
    for then in judged(cut)[1:]:
        with suppress(CannotFit):
            models[then] = fit(known, then)
    return lifetime_judge.judge(models, of_cuts(known, list(models), as_of, HORIZON), champion)
