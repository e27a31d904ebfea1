"""How like the members of an audience somebody is, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

import pandas as pd
from scipy.special import expit

from jobs.arrays import Floats
from jobs.models import traits
from jobs.models.learned import Learned
from jobs.models.reasons import strongest
from jobs.statistics.blend import Blend

SHOWN = 500  # characters that MLflow shows


@dataclass(frozen=True)
class Likeness:
    """Of one audience. ``lift``: of members who were hidden, how many times as many as of others are as like the rest
    as the first tenth of others. ``typical``: of its members."""

    lift: float
    typical: Mapping[str, Any]
    blend: Blend

    def as_data(self) -> dict[str, Any]:
        return {"lift": self.lift, "typical": {**self.typical}, "blend": self.blend.as_data()}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        return cls(data["lift"], data["typical"], Blend.from_data(data["blend"]))


@dataclass(frozen=True)
class Lookalikes(Learned):
    """``words``: texts that features ask for; ``refused``: audiences of too few members; ``asked``: what was said of
    members while they were hidden, for the judge alone: it is not kept."""

    FORMATS: ClassVar = (1,)

    words: Mapping[str, list[str]]
    audiences: Mapping[str, Likeness]
    refused: tuple[str, ...] = ()
    asked: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def log_odds(self, customers: pd.DataFrame) -> dict[str, Floats]:
        """By audience, of each row of ``gold.customer_audience_features``."""
        known = self._features(customers)
        return {name: of.blend.log_odds(known) for name, of in self.audiences.items()}

    def predict(self, rows: pd.DataFrame) -> pd.DataFrame:
        """For each row of ``gold.customer_audience_features`` beside an ``audience`` of the model the scores of
        ``gold.customer_lookalikes``."""
        found = [self._explained(of, self.audiences[name]) for name, of in rows.groupby("audience", sort=False)]
        return pd.concat(found).reindex(rows.index)

    def _explained(self, rows: pd.DataFrame, likeness: Likeness) -> pd.DataFrame:
        base, each = likeness.blend.contributions(self._features(rows))
        names = list(traits.features(rows.head(0), self.words))
        told = strongest(rows, traits.reasons(names, likeness.typical), names, each, base)
        return told.assign(similarity=expit(base + each.sum(axis=1)), lift_held_out=likeness.lift)

    def _features(self, customers: pd.DataFrame) -> Floats:
        return traits.features(customers, self.words).to_numpy(float)

    def example(self) -> pd.DataFrame:
        """Two made-up customers."""
        many: dict[str, Any] = {**dict.fromkeys(traits.NUMBERS, 1.0), **dict.fromkeys(traits.TEXTS, "none")}
        many |= {"audience": next(iter(self.audiences)), "categories": ["TEA"], "category_days": [1]}
        return pd.DataFrame([many, many | {"orders": 30.0}])

    def as_data(self) -> dict[str, Any]:
        audiences = {name: of.as_data() for name, of in self.audiences.items()}
        return {"words": {**self.words}, "audiences": audiences, "refused": [*self.refused]}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Lookalikes:
        audiences = {name: Likeness.from_data(of) for name, of in data["audiences"].items()}
        return cls(data["words"], audiences, tuple(data["refused"]))

    def parameters(self) -> dict[str, Any]:
        names = {"audiences": self.audiences, "refused for too few members": self.refused}
        return {told: "; ".join(of)[:SHOWN] for told, of in names.items()}
