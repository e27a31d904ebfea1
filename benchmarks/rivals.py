"""Segments beside their rivals: other features, mixtures, HDBSCAN, and groups by hand; what each explains of what
customers of the plain sample do in the 90 days after a cut.

    python -m benchmarks.run nights segments
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from deltalake import DeltaTable
from numpy.typing import NDArray
from sklearn.cluster import HDBSCAN
from sklearn.metrics import adjusted_rand_score
from sklearn.mixture import GaussianMixture

from benchmarks.scoring import World
from jobs.models import segments
from jobs.models.buying import Floats, how
from jobs.models.buying_space import BuyingSpace
from jobs.models.segmentation import FORMER
from jobs.models.segments_judge import Later, by_hand, later, told_apart
from jobs.session import Settings, spark

CUT, UNTIL = date(2017, 10, 2), date(2017, 12, 31)
KEPT = ("gold.account_days", "gold.account_department_days", "gold.account_store_days", "silver.customers")
Fit = Callable[[Floats, int], Callable[[Floats], NDArray]]


def rivals(folder: Path) -> dict[str, float]:
    """``folder``: with the ``lake`` of the part nights."""
    session, known = spark(Settings(landing=folder)), folder / "known"
    known.mkdir()
    for name in KEPT:
        rows = DeltaTable(folder / "lake" / name.replace(".", "/")).to_pandas()
        rows.to_parquet(known / f"{name}.parquet")
    world = World(session, known)
    customers = segments.sampled(world, CUT, segments.MOST_COMPARED)
    space = BuyingSpace.of(customers)
    after = later(world, CUT, UNTIL, customers, space.departments)
    former = pd.DataFrame(how(customers, FORMER))
    scaled = ((former - former.mean()) / former.std()).fillna(0).clip(-3, 3).to_numpy()
    found = {f"{name}, 6": told_apart(of, after) for name, of in by_hand(customers, 6, space.departments).items()}
    found |= judged("k-means, behaviour alone", scaled, k_means, after)
    for name, fit in (("k-means", k_means), ("Gaussian mixture", mixture)):
        found |= judged(f"{name}, how much and what", space.placed(space.seen(customers)), fit, after)
    noise = HDBSCAN(min_cluster_size=len(customers) // 50, copy=True).fit(space.placed(space.seen(customers))).labels_
    told = {f"{name}: {what.replace('_', ' ')}": value for name, of in found.items() for what, value in of.items()}
    return told | {"HDBSCAN: groups": float(noise.max() + 1), "HDBSCAN: share in none": float((noise < 0).mean())}


def k_means(placed: Floats, k: int) -> Callable[[Floats], NDArray]:
    return segments.clustered(placed, k).predict


def mixture(placed: Floats, k: int) -> Callable[[Floats], NDArray]:
    return GaussianMixture(k, covariance_type="diag", n_init=2, random_state=0, reg_covar=0.01).fit(placed).predict


def judged(name: str, placed: Floats, fit: Fit, after: Later) -> dict[str, dict[str, float]]:
    """Of the stable k the one that is told apart best; of none that is stable the most stable."""
    tried = []
    for k in segments.CHOICES:
        labels, draw = fit(placed, k)(placed), np.random.default_rng(k)
        again = (fit(placed[draw.integers(0, len(placed), len(placed))], k)(placed) for _ in range(5))
        stability = float(np.mean([adjusted_rand_score(labels, of) for of in again]))
        tried.append({"k": float(k), "stability": stability, **told_apart(labels, after)})
    frame = pd.DataFrame(tried)
    return {name: tried[list(frame["k"]).index(segments.chosen(frame))]}
