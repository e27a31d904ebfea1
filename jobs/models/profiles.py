"""Profiles: k-prototypes on mixed columns, judged by how stable they are, beside k-means."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray
from pyspark.sql import DataFrame
from sklearn.metrics import adjusted_rand_score, silhouette_score

from jobs.models import plots
from jobs.models.drift import WARNING, population_stability
from jobs.models.examples import Known, drawn
from jobs.models.judged import Judged
from jobs.models.mixed_columns import CATEGORIES, FEWEST, NUMBERS, Columns
from jobs.models.profiling import Profiles
from jobs.models.stability import Floats, Learns, agreements, by_means, by_prototypes, shuffled
from jobs.statistics.cannot_fit import CannotFit
from jobs.statistics.prototypes import Mixed, fitted, huangs_weight

TRAITS = "gold.customer_traits"
MOST_FITTED, MOST_COMPARED = 50_000, 3_000  # customers for the profiles; for what learns many times
LEAST = 200  # customers
CHOICES, BOOTSTRAPS = range(3, 9), 10  # two halves of a continuum are stable, and tell little
DRAWS, ENDS = 20, (0.025, 0.975)  # of the judge
LEAST_AGREEMENT = 0.5  # ARI against the champion


def sampled(customer_traits: DataFrame, most: int) -> pd.DataFrame:
    """At most ``most`` customers, the same ones each time."""
    return drawn(customer_traits.select("customer_id", *NUMBERS, *CATEGORIES), most).toPandas()


def fit(known: Known, cut: date) -> Profiles:
    """Profiles of what was known at the cut, each of several customers. CannotFit where there are too few to tell
    apart."""
    customers = sampled(known(TRAITS, cut, cut), MOST_FITTED)
    if len(customers) < LEAST:
        raise CannotFit(f"{len(customers)} customers are too few for profiles; {LEAST} are needed")
    columns = Columns.of(customers)
    rows = columns.mixed(customers)
    weight = huangs_weight(rows.numbers)
    tried = pd.DataFrame([_try(rows.of(np.arange(min(len(rows), MOST_COMPARED))), k, weight) for k in CHOICES])
    found = fitted(rows, int(tried.loc[tried["stability"].idxmax(), "k"]), weight)
    centres = found.centres.of(np.bincount(found.labels, minlength=len(found.centres)) >= FEWEST)
    nearest = np.eye(len(centres))[rows.apart(centres, weight).argmin(axis=1)]
    sizes = nearest.sum(axis=0)
    shares = {name: nearest.T @ of / sizes[:, None] for name, of in columns.zeros_and_ones(rows).items()}
    labels = np.argsort(np.argsort(-centres.numbers[:, 0])) + 1  # 1 orders most
    return Profiles(columns, weight, centres, labels, sizes, shares, tried)


def _try(rows: Mixed, k: int, weight: float) -> dict[str, float]:
    learns = by_prototypes(k, weight)
    whole = learns(rows, 0)(rows)
    stability = float(agreements(whole, learns, rows, BOOTSTRAPS).mean())
    return {"k": k, "silhouette": _silhouette(rows, weight, whole), "stability": stability}


def _silhouette(rows: Mixed, weight: float, labels: NDArray) -> float:
    if len(np.unique(labels)) < 2:
        return -1.0
    return float(silhouette_score(rows.apart(rows, weight), labels, metric="precomputed"))


def judge(model: Profiles, known: Known, cut: date, as_of: date, champion: Profiles | None) -> Judged:
    """How far what was learned at the cut agrees with what is learned anew of those who are there later."""
    before, after = (sampled(known(TRAITS, day, day), MOST_COMPARED) for day in (cut, as_of))
    rows, said, k = model.columns.mixed(after), model.predict(after)["profile"].to_numpy(), len(model.labels)
    mine = agreements(said, by_prototypes(k, model.weight), rows, DRAWS)
    metrics = {"stability": float(mine.mean()), "silhouette": _silhouette(rows, model.weight, said), "k": float(k)}
    others = {name: _later(learns, model, before, after) for name, learns in beside(model).items()}
    found, faults = _beside(mine, others)
    metrics |= found | {"customers_judged": float(len(after))}
    nothing = _later(by_prototypes(k, model.weight), model, before, after, is_shuffled=True)
    against = None
    if champion:
        theirs = champion.predict(after)["profile"].to_numpy()
        again = by_prototypes(len(champion.labels), champion.weight)
        against = float(mine.mean()), float(agreements(theirs, again, champion.columns.mixed(after), DRAWS).mean())
        found, moved = _moved(theirs, said)
        metrics, faults = metrics | found, faults + moved
    baselines = {"shuffled_columns": {"stability": float(nothing.mean())}}
    return Judged(metrics, baselines, against, {"choice": lambda: _choice(model)}, tuple(faults))


def beside(model: Profiles) -> dict[str, Learns]:
    """What anybody would take, with as many groups."""

    def zeros_and_ones(rows: Mixed) -> Floats:
        return np.column_stack([rows.numbers, *model.columns.zeros_and_ones(rows).values()])

    k = len(model.labels)
    return {
        "k_means_of_zeros_and_ones": by_means(k, zeros_and_ones),
        "k_means_of_numbers": by_means(k, lambda rows: rows.numbers),
    }


def _later(
    learns: Learns, model: Profiles, before: pd.DataFrame, after: pd.DataFrame, is_shuffled: bool = False
) -> Floats:
    """As the model is judged: learned at the cut, and learned anew later."""
    then, now = (model.columns.mixed(of) for of in (before, after))
    if is_shuffled:
        then, now = shuffled(then, 0), shuffled(now, 1)
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


def _moved(theirs: NDArray, ours: NDArray) -> tuple[dict[str, float], list[str]]:
    """How far profiles are still the champion's; a fault where they are not."""
    agreement, every = float(adjusted_rand_score(theirs, ours)), sorted({*theirs, *ours})
    shift = population_stability(*([int((of == label).sum()) for label in every] for of in (theirs, ours)))
    faults = [f"agrees with the champion's profiles by ARI {agreement:.2f} only"] * (agreement < LEAST_AGREEMENT)
    faults += [f"profile sizes shift by PSI {shift:.2f}"] * (shift > WARNING)
    return {"agreement_with_champion": agreement, "population_stability_index": shift}, faults


def _choice(model: Profiles) -> Figure:
    return plots.choice(model.tried, len(model.labels))
