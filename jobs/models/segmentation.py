"""Segments: which customer belongs where, what a segment is called, and labels that outlive a retrain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from sklearn.neighbors import NearestNeighbors

from jobs.models.learned import Learned

Floats = NDArray[np.float64]

#: Feature -> what a segment is called that has much of it, and little of it.
FEATURES = {
    "orders": ("frequent", "rare"),
    "lines_per_order": ("big baskets", "small baskets"),
    "weekend_order_share": ("weekend", "weekday"),
    "morning_order_share": ("morning", "no mornings"),
    "evening_order_share": ("evening", "daytime"),
    "favourite_store_share": ("one store", "many stores"),
    "favourite_department_share": ("one department", "many departments"),
    "private_label_share": ("own brand", "name brands"),
    "discount_share": ("bargain", "full price"),
}
COUNTS = ("orders", "lines_per_order")  # long-tailed: their logarithm is used
CLIP = 3.0  # standard deviations: one extreme customer is no segment


@dataclass(frozen=True)
class Segments(Learned):
    """``centroids`` (k, features) in standard deviations; ``labels`` (k,) stay when a model is retrained.

    ``places``: dense places (n, features), means of several customers; farther than ``radius`` from all is unusual.
    """

    FORMATS: ClassVar = (1,)

    medians: Floats
    means: Floats
    deviations: Floats
    centroids: Floats
    labels: NDArray[np.int64]
    places: Floats
    radius: float
    tried: pd.DataFrame

    def predict(self, customers: pd.DataFrame) -> pd.DataFrame:
        """For each row of the behaviour features the columns of ``gold.customer_segments``."""
        scaled = self.scaled(customers)
        distances = np.linalg.norm(scaled[:, None, :] - self.centroids[None, :, :], axis=2)
        nearest = distances.argmin(axis=1)
        to_places, _ = NearestNeighbors(n_neighbors=1).fit(self.places).kneighbors(scaled)
        found = {
            "segment": self.labels[nearest],
            "segment_name": np.array(self.names(), dtype=object)[nearest],
            "distance": distances[np.arange(len(scaled)), nearest],
            "is_unusual": to_places[:, 0] > self.radius,
        }
        return pd.DataFrame(found, index=customers.index)

    def as_data(self) -> dict[str, Any]:
        arrays = {name: of.tolist() for name, of in vars(self).items() if isinstance(of, np.ndarray)}
        return arrays | {"radius": self.radius, "tried": self.tried.to_dict("list")}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Segments:
        arrays = {name: np.array(of) for name, of in data.items() if name not in ("radius", "tried")}
        return cls(**arrays, radius=data["radius"], tried=pd.DataFrame(data["tried"]))

    def scaled(self, customers: pd.DataFrame) -> Floats:
        raw = unscaled(customers)
        return standardized(np.where(np.isnan(raw), self.medians, raw), self.means, self.deviations)

    def names(self) -> list[str]:
        """What sets each segment apart: its strongest features, as many as make the names different."""
        strongest = np.argsort(-np.abs(self.centroids), axis=1)
        words = list(FEATURES.values())
        for many in range(2, len(words) + 1):
            named = [
                ", ".join(words[f][0 if row[f] > 0 else 1] for f in order[:many])
                for row, order in zip(self.centroids, strongest, strict=True)
            ]
            if len(set(named)) == len(named):
                break
        return named

    def profile(self) -> pd.DataFrame:
        named = [f"{label} {name}" for label, name in zip(self.labels, self.names(), strict=True)]
        return pd.DataFrame(self.centroids, index=named, columns=list(FEATURES)).sort_index()

    def following(self, champion: Segments | None) -> Segments:
        """The same segments under the champion's labels: the nearest pairs of centroids keep theirs, others are new."""
        if champion is None:
            return self
        here = (self.centroids * self.deviations + self.means - champion.means) / champion.deviations
        distances = np.linalg.norm(here[:, None, :] - champion.centroids[None, :, :], axis=2)
        mine, theirs = linear_sum_assignment(distances)
        labels = np.full(len(self.centroids), -1)
        labels[mine] = champion.labels[theirs]
        fresh = np.flatnonzero(labels < 0)
        labels[fresh] = champion.labels.max() + 1 + np.arange(len(fresh))
        return replace(self, labels=labels)

    @staticmethod
    def example() -> pd.DataFrame:
        """Two made-up customers."""
        many = dict.fromkeys(FEATURES, 0.25) | {"orders": 40.0, "lines_per_order": 12.0}
        return pd.DataFrame([many, many | {"orders": 3.0, "weekend_order_share": 1.0}])

    def parameters(self) -> dict[str, float]:
        return {"k": len(self.labels), "radius": self.radius, "dense places": len(self.places)}


def standardized(filled: Floats, means: Floats, deviations: Floats) -> Floats:
    """Standard deviations from the mean, shape (n, features)."""
    return np.clip((filled - means) / deviations, -CLIP, CLIP)


def unscaled(customers: pd.DataFrame) -> Floats:
    """Features as numbers, shape (n, features); NaN where a customer has none."""
    columns = [customers[name].astype(float) for name in FEATURES]
    logged = [np.log1p(of) if of.name in COUNTS else of for of in columns]
    return np.column_stack(logged)
