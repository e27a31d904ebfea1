"""Profiles: k-prototypes on mixed columns, judged by how stable they are, beside k-means."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from pyspark.sql import DataFrame

from jobs.models import profiles_judge
from jobs.models.examples import Known, drawn
from jobs.models.judged import Judged
from jobs.models.mixed_columns import CATEGORIES, FEWEST, NUMBERS, Columns
from jobs.models.profiling import Profiles
from jobs.models.stability import agreements, by_prototypes, silhouette
from jobs.statistics.cannot_fit import CannotFit
from jobs.statistics.prototypes import Mixed, fitted, huangs_weight

TRAITS = "gold.customer_profile_features"
MOST_FITTED, MOST_COMPARED = 50_000, 3_000  # customers for the profiles; for what learns many times
LEAST, MANY_STARTS = 200, 20  # customers; starts of what is kept
CHOICES, BOOTSTRAPS = range(3, 9), 10  # two halves of a continuum are stable, and tell little


def sampled(customer_profile_features: DataFrame, most: int) -> pd.DataFrame:
    """At most ``most`` customers, the same ones each time."""
    return drawn(customer_profile_features.select("customer_id", *NUMBERS, *CATEGORIES), most).toPandas()


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
    found = fitted(rows, int(tried.loc[tried["stability"].idxmax(), "k"]), weight, starts=MANY_STARTS)
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
    return {"k": k, "silhouette": silhouette(whole, rows, weight), "stability": stability}


def judge(model: Profiles, known: Known, cut: date, as_of: date, champion: Profiles | None) -> Judged:
    """By who is there later, and what is learned anew of them."""
    before, after = (sampled(known(TRAITS, day, day), MOST_COMPARED) for day in (cut, as_of))
    return profiles_judge.judge(model, before, after, champion)
