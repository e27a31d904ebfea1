"""Behavioural segments: k-means on how much customers buy, and what; DBSCAN marks who is like nobody."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from sklearn.cluster import DBSCAN, KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score
from sklearn.neighbors import NearestNeighbors

from jobs.arrays import Floats
from jobs.models import segments_judge
from jobs.models.buying_space import HOW_MUCH, WORDS, BuyingSpace
from jobs.models.examples import STEP, Known, drawn, gathered
from jobs.models.judged import Judged
from jobs.models.segmentation import Segments
from jobs.models.segments_judge import Later, later, told_apart
from jobs.statistics.cannot_fit import CannotFit

MOST_FITTED, MOST_COMPARED = 50_000, 5_000  # customers for k-means; for what compares pairs
CHOICES, STABLE, BOOTSTRAPS, STARTS = range(3, 9), 0.7, 10, 5
DIGITS = 3  # what is less is not worth one more segment
NEIGHBOURS, SPARSE = 18, 0.05
PLACE, LEAST_OF_PLACE = 20, 5  # customers of a dense place, on average and at least
LEAST = 180  # customers


def sampled(known: Known, cut: date, most: int) -> pd.DataFrame:
    """At most ``most`` customers, the same ones each time, as known at the cut."""
    asked = ("customer_id", *dict.fromkeys((*HOW_MUCH, *WORDS)))
    customers = drawn(known("gold.customer_behaviour", cut, cut).select(*asked), most)
    return gathered(customers.join(known("gold.customer_department_mix", cut, cut), "customer_id", "left"))


def fit(known: Known, cut: date) -> Segments:
    """Segments of what was known at the cut; how many, by what those of three months before would have told of the
    days to the cut. CannotFit where there are too few customers to tell apart."""
    customers = sampled(known, cut, MOST_FITTED)
    if len(customers) < LEAST:
        raise CannotFit(f"{len(customers)} customers are too few for segments; {LEAST} are needed")
    tried = rivals(known, cut, customers)
    space = BuyingSpace.of(customers)
    seen = space.seen(customers)
    placed = space.placed(seen)
    found = clustered(placed, chosen(tried))
    typical = pd.DataFrame(seen).groupby(found.labels_).mean().to_numpy()
    places, radius = _dense(placed[:MOST_COMPARED])
    labels = np.argsort(np.argsort(-typical[:, 0])) + 1  # 1 orders most
    return Segments(space, found.cluster_centers_, typical, labels, places, radius, tried)


def rivals(known: Known, cut: date, customers: pd.DataFrame) -> pd.DataFrame:
    """Each k, tried three months before the cut; where too few were there then, on those of the cut, who tell nothing
    of later."""
    then = cut - 3 * STEP  # when others look too
    before = sampled(known, then, MOST_COMPARED)
    if len(before) < LEAST:
        few = customers[:MOST_COMPARED]
        return pd.DataFrame([_try(BuyingSpace.of(few), few, k, None) for k in CHOICES])
    space = BuyingSpace.of(before)
    after = later(known, then, cut, before, space.departments)
    return pd.DataFrame([_try(space, before, k, after) for k in CHOICES])


def clustered(placed: Floats, k: int, seed: int = 0) -> KMeans:
    return KMeans(k, n_init=STARTS, random_state=seed).fit(placed)


def _try(space: BuyingSpace, customers: pd.DataFrame, k: int, after: Later | None) -> dict[str, float]:
    """Silhouette; stability: how far clusterings of bootstrap samples agree with that of all (Hubert, Arabie 1985;
    Hennig 2007); and how far segments are told apart by what came after."""
    placed, draw = space.placed(space.seen(customers)), np.random.default_rng(k)
    whole = clustered(placed, k).labels_
    agreements = []
    for seed in range(BOOTSTRAPS):
        again = clustered(placed[draw.integers(0, len(placed), len(placed))], k, seed)
        agreements.append(adjusted_rand_score(whole, again.predict(placed)))
    found = {"k": k, "silhouette": float(silhouette_score(placed, whole)), "stability": float(np.mean(agreements))}
    return found | {"told_apart": told_apart(whole, after)["told_apart"] if after else np.nan}


def chosen(tried: pd.DataFrame) -> int:
    """Of the stable k the one whose segments are told apart best later, or, where nobody knows, that with the highest
    silhouette; if none is stable, the most stable. Of equals the fewest segments."""
    stable = tried[tried["stability"] >= STABLE]
    by = "told_apart" if tried["told_apart"].notna().all() else "silhouette"
    score = (stable[by] if len(stable) else tried["stability"]).round(DIGITS)
    return int(tried["k"][score.index[score == score.max()]].min())


def _dense(placed: Floats) -> tuple[Floats, float]:
    """Dense places of behaviour, and how far from all of them is unusual.

    DBSCAN (Ester et al. 1996), with a radius that ``SPARSE`` of all are too lonely for, tells dense from noise. What is
    kept are means of several customers each, so that nobody's own behaviour lies in the model, and the distance that as
    many exceed as were noise.
    """
    to_neighbours, _ = NearestNeighbors(n_neighbors=NEIGHBOURS).fit(placed).kneighbors(placed)
    found = DBSCAN(eps=float(np.quantile(to_neighbours[:, -1], 1 - SPARSE)), min_samples=NEIGHBOURS).fit(placed)
    core = placed[found.core_sample_indices_]
    near = KMeans(max(1, len(core) // PLACE), n_init=1, random_state=0).fit(core)
    places = near.cluster_centers_[np.bincount(near.labels_) >= LEAST_OF_PLACE]
    distances, _ = NearestNeighbors(n_neighbors=1).fit(places).kneighbors(placed)
    return places, float(np.quantile(distances, 1 - np.mean(found.labels_ == -1)))


def judge(model: Segments, known: Known, cut: date, as_of: date, champion: Segments | None) -> Judged:
    """By what customers of the cut did after it, of which the model knew nothing."""
    customers = sampled(known, cut, MOST_COMPARED)
    return segments_judge.judge(
        model, customers, later(known, cut, as_of, customers, model.space.departments), champion
    )
