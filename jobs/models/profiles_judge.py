"""Are profiles stable? How far those of the cut agree with those learned anew later, beside k-means."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from jobs.arrays import Floats
from jobs.models import plots
from jobs.models.judged import Judged
from jobs.models.labels import moved
from jobs.models.profiling import Profiles
from jobs.models.stability import Learns, agreements, by_means, by_prototypes, shuffled, silhouette
from jobs.statistics.prototypes import Mixed

DRAWS, ENDS = 20, (0.025, 0.975)


def judge(model: Profiles, before: pd.DataFrame, after: pd.DataFrame, champion: Profiles | None) -> Judged:
    """``before``: customers as known at the cut; ``after``: those of now."""
    then, now = (model.columns.mixed(of) for of in (before, after))
    said, learns = model.predict(after)["profile"].to_numpy(), by_prototypes(len(model.labels), model.weight)
    mine = agreements(said, learns, now, DRAWS)
    nothing = _learned(learns, shuffled(then, 0), shuffled(now, 1))
    others = {name: _learned(of, then, now) for name, of in beside(model).items()}
    found, faults = _beside(mine, others)
    metrics = {"stability": float(mine.mean()), "silhouette": silhouette(said, now, model.weight)} | found
    metrics |= {"k": float(len(model.labels)), "customers_judged": float(len(after))}
    against = None
    if champion:
        theirs = champion.predict(after)["profile"].to_numpy()
        again = by_prototypes(len(champion.labels), champion.weight)
        against = float(mine.mean()), float(agreements(theirs, again, champion.columns.mixed(after), DRAWS).mean())
        found, why = moved(theirs, said, "profile")
        metrics, faults = metrics | found, faults + why
    pictures = {"choice": lambda: _choice(model)}
    return Judged(metrics, {"shuffled_columns": {"stability": float(nothing.mean())}}, against, pictures, tuple(faults))


def beside(model: Profiles) -> dict[str, Learns]:
    """What anybody would take, with as many groups."""

    def zeros_and_ones(rows: Mixed) -> Floats:
        return np.column_stack([rows.numbers, *model.columns.zeros_and_ones(rows).values()])

    k = len(model.labels)
    return {
        "k_means_of_zeros_and_ones": by_means(k, zeros_and_ones),
        "k_means_of_numbers": by_means(k, lambda rows: rows.numbers),
    }


def _learned(learns: Learns, then: Mixed, now: Mixed) -> Floats:
    """As the model is judged."""
    return agreements(learns(then, 0)(now), learns, now, DRAWS)


def _beside(mine: Floats, others: dict[str, Floats]) -> tuple[dict[str, float], list[str]]:
    """Each other's stability and the interval of the difference; a fault where it is stabler by more than chance."""
    metrics, faults = dict[str, float](), list[str]()
    for name, theirs in others.items():
        low, high = np.quantile(mine - theirs, ENDS)
        metrics[f"stability_beside_{name}"] = float(theirs.mean())
        metrics |= {f"difference_from_{name}_low": float(low), f"difference_from_{name}_high": float(high)}
        if high < 0:
            faults.append(f"{name} is stabler: ARI {theirs.mean():.2f}, and {mine.mean():.2f}")
    return metrics, faults


def _choice(model: Profiles) -> Figure:
    return plots.choice(model.tried, len(model.labels))
