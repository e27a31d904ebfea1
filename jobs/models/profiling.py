"""Profiles: which customer belongs where, what a profile is called, and labels that outlive a retrain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jobs.arrays import Floats
from jobs.models import labels
from jobs.models.learned import Learned
from jobs.models.mixed_columns import CATEGORIES, NUMBERS, UNKNOWN, Columns
from jobs.statistics.prototypes import Mixed


@dataclass(frozen=True)
class Profiles(Learned):
    """``centres``: k prototypes; ``labels`` (k,) stay when a model is retrained; ``sizes`` (k,): customers of each when
    it was fitted; ``shares``: of each category those of its levels, shape (k, levels)."""

    FORMATS: ClassVar = (1,)

    columns: Columns
    weight: float
    centres: Mixed
    labels: NDArray[np.int64]
    sizes: Floats
    shares: dict[str, Floats]
    tried: pd.DataFrame

    def predict(self, customers: pd.DataFrame) -> pd.DataFrame:
        """For each row of ``gold.customer_profile_features`` the columns of ``gold.customer_profiles``."""
        apart = self.apart(customers)
        nearest = apart.argmin(axis=1)
        found = {
            "profile": self.labels[nearest],
            "profile_name": np.array(self.names(), dtype=object)[nearest],
            "dissimilarity": apart[np.arange(len(apart)), nearest],
        }
        return pd.DataFrame(found, index=customers.index)

    def apart(self, customers: pd.DataFrame) -> Floats:
        """Dissimilarity of each customer from each prototype, shape (n, k)."""
        return self.columns.mixed(customers).apart(self.centres, self.weight)

    def as_data(self) -> dict[str, Any]:
        return {
            "columns": self.columns.as_data(),
            "weight": self.weight,
            "numbers": self.centres.numbers.tolist(),
            "codes": self.centres.codes.tolist(),
            "labels": self.labels.tolist(),
            "sizes": self.sizes.tolist(),
            "shares": {name: of.tolist() for name, of in self.shares.items()},
            "tried": self.tried.to_dict("list"),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Profiles:
        centres = Mixed(np.array(data["numbers"]), np.array(data["codes"]))
        counts = np.array(data["labels"]), np.array(data["sizes"])
        shares = {name: np.array(of) for name, of in data["shares"].items()}
        columns = Columns.from_data(data["columns"])
        return cls(columns, data["weight"], centres, *counts, shares, pd.DataFrame(data["tried"]))

    def strengths(self) -> pd.DataFrame:
        """How far each profile lies from all customers, in standard deviations: a row each, a column for each word.
        What is not known of people is none, though it sets them apart."""
        found = dict[str, Floats]()
        for (high, low), of in zip(NUMBERS.values(), self.centres.numbers.T, strict=True):
            found |= {high: of, low: -of}
        for name, shares in self.shares.items():
            usual = self.sizes @ shares / self.sizes.sum()
            spread = np.sqrt(np.maximum(usual * (1 - usual), 0))
            over = np.divide(shares - usual, spread, out=np.zeros_like(shares), where=spread > 0)
            levels = zip(self.columns.levels[name], over.T[:-1], strict=True)
            found |= {level: of for level, of in levels if level != UNKNOWN}
        return pd.DataFrame(found, index=self.labels)

    def names(self) -> list[str]:
        """What sets each profile apart: its strongest words, as many as make the names different."""
        told = self.strengths()
        words, order = told.columns.to_numpy(), np.argsort(-told.to_numpy(), axis=1, kind="stable")
        return labels.names(words[order].tolist())

    def following(self, champion: Profiles | None) -> Profiles:
        """The same profiles under the champion's labels: the nearest pairs of prototypes keep theirs, others are
        new."""
        if champion is None:
            return self
        apart = champion.apart(self.columns.customers(self.centres))
        return replace(self, labels=labels.inherited(self.labels, champion.labels, apart))

    @staticmethod
    def example() -> pd.DataFrame:
        """Two made-up customers, of one of whom little is known."""
        one = dict.fromkeys(NUMBERS, 0.5) | dict.fromkeys(CATEGORIES, "evening") | {"orders_91d": 12}
        return pd.DataFrame([one, one | dict.fromkeys(CATEGORIES) | {"promotion_ratio": np.nan, "orders_91d": 1}])

    def parameters(self) -> dict[str, float]:
        return {"k": len(self.labels), "weight": self.weight}
