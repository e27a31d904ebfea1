"""Segments: which customer belongs where, what a segment is called, and labels that outlive a retrain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.neighbors import NearestNeighbors

from jobs.arrays import Floats
from jobs.models import labels
from jobs.models.buying import MIX
from jobs.models.buying_space import HOW_MUCH, WORDS, BuyingSpace
from jobs.models.learned import Learned

FORMER = tuple(name for name in WORDS if name != "spend_91d")  # all that format 1 looked at


@dataclass(frozen=True)
class Segments(Learned):
    """``centroids`` (k, dimensions of ``space``) in standard deviations; ``labels`` (k,) stay when a model is
    retrained; ``typical`` (k, what the space sees): means of the customers of each.

    ``places``: dense places (n, dimensions), means of several customers; farther than ``radius`` from all is unusual.
    """

    FORMATS: ClassVar = (1, 2)

    space: BuyingSpace
    centroids: Floats
    typical: Floats
    labels: NDArray[np.int64]
    places: Floats
    radius: float
    tried: pd.DataFrame

    def predict(self, customers: pd.DataFrame) -> pd.DataFrame:
        """For each row of behaviour and mix the columns of ``gold.customer_segments``."""
        placed = self.placed(customers)
        distances = np.linalg.norm(placed[:, None, :] - self.centroids[None, :, :], axis=2)
        nearest = distances.argmin(axis=1)
        to_places, _ = NearestNeighbors(n_neighbors=1).fit(self.places).kneighbors(placed)
        found = {
            "segment": self.labels[nearest],
            "segment_name": np.array(self.names(), dtype=object)[nearest],
            "distance": distances[np.arange(len(placed)), nearest],
            "is_unusual": to_places[:, 0] > self.radius,
        }
        return pd.DataFrame(found, index=customers.index)

    def placed(self, customers: pd.DataFrame) -> Floats:
        return self.space.placed(self.space.seen(customers))

    def as_data(self) -> dict[str, Any]:
        arrays = {name: of.tolist() for name, of in vars(self).items() if isinstance(of, np.ndarray)}
        return arrays | {"space": self.space.as_data(), "radius": self.radius, "tried": self.tried.to_dict("list")}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        told = dict(data) if "space" in data else _of_format_1(data)
        arrays = {name: np.array(told[name]) for name in ("centroids", "typical", "labels", "places")}
        space, tried = BuyingSpace.from_data(told["space"]), pd.DataFrame(told["tried"])
        return cls(space=space, radius=told["radius"], tried=tried, **arrays)

    def names(self) -> list[str]:
        """What sets each segment apart: its strongest features, as many as make the names different."""
        profile = self._profile()
        strongest = np.argsort(-np.abs(profile.to_numpy()), axis=1)
        words = [WORDS.get(axis, (axis, axis.replace("much", "little", 1))) for axis in profile]
        told = zip(profile.to_numpy(), strongest, strict=True)
        return labels.names([[words[f][0 if row[f] > 0 else 1] for f in order] for row, order in told])

    def _profile(self) -> pd.DataFrame:
        """Standard deviations of what there are words for."""
        far = pd.DataFrame((self.typical - self.space.middle) / self.space.spread, columns=self.space.axes)
        return far[[axis for axis in far if axis in WORDS or axis not in self.space.columns]]

    def profile(self) -> pd.DataFrame:
        named = [f"{label} {name}" for label, name in zip(self.labels, self.names(), strict=True)]
        return self._profile().set_axis(named).iloc[np.argsort(self.labels)]

    def following(self, champion: Segments | None) -> Segments:
        """The same segments under the champion's labels: the nearest pairs of centroids keep theirs, others are new,
        as all are where the champion looked at something else."""
        if champion is None:
            return self
        apart = None
        if self.is_comparable(champion):
            here = champion.space.placed(champion.space.seen_as(self.space, self.typical))
            apart = np.linalg.norm(here[:, None, :] - champion.centroids[None, :, :], axis=2)
        return replace(self, labels=labels.inherited(self.labels, champion.labels, apart))

    def is_comparable(self, other: Segments) -> bool:
        return self.space.used == other.space.used

    @staticmethod
    def example() -> pd.DataFrame:
        """Two made-up customers."""
        many = dict.fromkeys(dict.fromkeys((*HOW_MUCH, *WORDS)), 0.25) | {"orders": 40.0, "lines_per_order": 12.0}
        rows = pd.DataFrame([many, many | {"orders": 3.0, "weekend_order_share": 1.0}])
        return rows.assign(**dict(zip(MIX, ([["FOOD", "TOYS"], ["FOOD"]], [[0.25, 0.75], [1.0]]), strict=True)))

    def parameters(self) -> dict[str, float]:
        return {"k": len(self.labels), "radius": self.radius, "dense places": len(self.places)}


def _of_format_1(data: Mapping[str, Any]) -> dict[str, Any]:
    """It knew of no departments."""
    middle, spread = (np.array(data[name]) for name in ("means", "deviations"))
    space = {"columns": FORMER, "departments": (), "used": FORMER, "usual": data["medians"], "components": ()}
    typical = np.array(data["centroids"]) * spread + middle
    return {**data, "space": {**space, "middle": middle, "spread": spread}, "typical": typical}
