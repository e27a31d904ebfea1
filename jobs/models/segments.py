"""Behavioural segments: k-means on scaled behaviour; DBSCAN marks who is like nobody."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import ArrayLike
from pyspark.sql import DataFrame
from sklearn.cluster import DBSCAN, KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score
from sklearn.neighbors import NearestNeighbors

from jobs.models import plots
from jobs.models.drift import WARNING, population_stability
from jobs.models.examples import Known, drawn
from jobs.models.judged import Judged
from jobs.models.segmentation import FEATURES, Floats, Segments, standardized, unscaled
from jobs.statistics.cannot_fit import CannotFit

MOST_FITTED, MOST_COMPARED = 50_000, 5_000  # customers for k-means; for what compares pairs
CHOICES, STABLE, BOOTSTRAPS = range(2, 9), 0.7, 10
NEIGHBOURS, SPARSE = 2 * len(FEATURES), 0.05
PLACE, LEAST_OF_PLACE = 20, 5  # customers of a dense place, on average and at least
LEAST_AGREEMENT = 0.5  # ARI against the champion


def sampled(customer_behaviour: DataFrame, most: int) -> pd.DataFrame:
    """At most ``most`` customers, the same ones each time."""
    return drawn(customer_behaviour.select("customer_id", *FEATURES), most).toPandas()


def fit(known: Known, cut: date) -> Segments:
    """Segments of what was known at the cut. CannotFit where there are too few customers to tell apart."""
    raw = unscaled(sampled(known("gold.customer_behaviour", cut, cut), MOST_FITTED))
    if len(raw) < 10 * NEIGHBOURS:
        raise CannotFit(f"{len(raw)} customers are too few for segments; {10 * NEIGHBOURS} are needed")
    medians = pd.DataFrame(raw).median().fillna(0).to_numpy()  # what nobody has tells nobody apart
    filled = np.where(np.isnan(raw), medians, raw)
    means, deviations = filled.mean(axis=0), np.maximum(filled.std(axis=0), 1e-9)
    scaled = standardized(filled, means, deviations)
    tried = pd.DataFrame([_try(scaled, k) for k in CHOICES])
    centroids = clustered(scaled, chosen(tried)).cluster_centers_
    places, radius = _dense(scaled[:MOST_COMPARED])
    labels = np.argsort(np.argsort(-centroids[:, 0])) + 1  # 1 orders most
    return Segments(medians, means, deviations, centroids, labels, places, radius, tried)


def clustered(scaled: Floats, k: int, seed: int = 0) -> KMeans:
    return KMeans(k, n_init=5, random_state=seed).fit(scaled)


def _try(scaled: Floats, k: int) -> dict[str, float]:
    """Silhouette, and stability: how far clusterings of bootstrap samples agree with that of all (Hubert, Arabie 1985;
    Hennig 2007)."""
    few, draw = scaled[:MOST_COMPARED], np.random.default_rng(k)
    whole = clustered(few, k).labels_
    agreements = []
    for seed in range(BOOTSTRAPS):
        again = clustered(few[draw.integers(0, len(few), len(few))], k, seed)
        agreements.append(adjusted_rand_score(whole, again.predict(few)))
    return {"k": k, "silhouette": float(silhouette_score(few, whole)), "stability": float(np.mean(agreements))}


def chosen(tried: pd.DataFrame) -> int:
    """Of the stable k the one with the highest silhouette; if none is stable, the most stable."""
    stable = tried[tried["stability"] >= STABLE]
    best = stable.sort_values("silhouette") if len(stable) else tried.sort_values("stability")
    return int(best["k"].iloc[-1])


def _dense(scaled: Floats) -> tuple[Floats, float]:
    """Dense places of behaviour, and how far from all of them is unusual.

    DBSCAN (Ester et al. 1996), with a radius that ``SPARSE`` of all are too lonely for, tells dense from noise. What is
    kept are means of several customers each, so that nobody's own behaviour lies in the model, and the distance that as
    many exceed as were noise.
    """
    to_neighbours, _ = NearestNeighbors(n_neighbors=NEIGHBOURS).fit(scaled).kneighbors(scaled)
    found = DBSCAN(eps=float(np.quantile(to_neighbours[:, -1], 1 - SPARSE)), min_samples=NEIGHBOURS).fit(scaled)
    core = scaled[found.core_sample_indices_]
    near = KMeans(max(1, len(core) // PLACE), n_init=1, random_state=0).fit(core)
    places = near.cluster_centers_[np.bincount(near.labels_) >= LEAST_OF_PLACE]
    distances, _ = NearestNeighbors(n_neighbors=1).fit(places).kneighbors(scaled)
    return places, float(np.quantile(distances, 1 - np.mean(found.labels_ == -1)))


def judge(model: Segments, known: Known, cut: date, as_of: date, champion: Segments | None) -> Judged:
    """Silhouette on behaviour known after the cut, beside k-means on the same features shuffled each by itself."""
    customers = sampled(known("gold.customer_behaviour", as_of, cut), MOST_COMPARED)
    scaled, found = model.scaled(customers), model.predict(customers)
    draw = np.random.default_rng(0)
    shuffled = np.column_stack([draw.permutation(column) for column in scaled.T])
    score = _silhouette(scaled, found["segment"])
    baseline = _silhouette(shuffled, clustered(shuffled, len(model.labels)).labels_)
    metrics, against = {"silhouette": score, "k": float(len(model.labels))}, None
    metrics |= {"unusual_share": float(found["is_unusual"].mean()), "customers_judged": float(len(customers))}
    faults = []
    if champion:
        theirs = champion.predict(customers)["segment"]
        against = score, _silhouette(champion.scaled(customers), theirs)
        metrics["agreement_with_champion"] = float(adjusted_rand_score(theirs, found["segment"]))
        metrics["population_stability_index"] = _sizes(theirs, found["segment"])
        if metrics["agreement_with_champion"] < LEAST_AGREEMENT:
            faults.append(f"agrees with the champion's segments by ARI {metrics['agreement_with_champion']:.2f} only")
        if metrics["population_stability_index"] > WARNING:
            faults.append(f"segment sizes shift by PSI {metrics['population_stability_index']:.2f}")
    pictures = {"profile": lambda: plots.profile(model.profile()), "choice": lambda: _choice(model)}
    return Judged(metrics, {"shuffled_features": {"silhouette": baseline}}, against, pictures, tuple(faults))


def _choice(model: Segments) -> Figure:
    return plots.choice(model.tried, len(model.labels))


def _silhouette(scaled: Floats, labels: ArrayLike) -> float:
    return float(silhouette_score(scaled, labels)) if len(np.unique(labels)) > 1 else -1.0


def _sizes(theirs: pd.Series, ours: pd.Series) -> float:
    every = sorted({*theirs, *ours})
    return population_stability(*([(of == label).sum() for label in every] for of in (theirs, ours)))
