"""Where customers stand by how they buy: standard deviations of how much, and principal components of what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.decomposition import PCA

from jobs.arrays import Floats
from jobs.models.buying import commonest, how, what

#: Column of ``gold.customer_behaviour`` -> what a group is called that has much of it, and little of it.
WORDS = {
    "orders": ("frequent", "rare"),
    "spend_91d": ("high spend", "low spend"),
    "lines_per_order": ("big baskets", "small baskets"),
    "weekend_order_share": ("weekend", "weekday"),
    "morning_order_share": ("morning", "no mornings"),
    "evening_order_share": ("evening", "daytime"),
    "favourite_store_share": ("one store", "many stores"),
    "favourite_department_share": ("one department", "many departments"),
    "private_label_share": ("own brand", "name brands"),
    "discount_share": ("bargain", "full price"),
}
HOW_MUCH = ("orders", "orders_91d", "spend", "spend_91d")
DEPARTMENTS, COMPONENTS = 12, 2
CLIP = 3.0  # standard deviations: one extreme customer is no segment


@dataclass(frozen=True)
class BuyingSpace:
    """``columns`` and ``departments`` are seen of a customer: of each what is ``usual`` (taken where nothing is known),
    its ``middle`` and ``spread``, (columns + departments,). Places are by the columns ``used`` and the ``components``
    (c, departments)."""

    columns: tuple[str, ...]
    departments: tuple[str, ...]
    used: tuple[str, ...]
    usual: Floats
    middle: Floats
    spread: Floats
    components: Floats

    @classmethod
    def of(cls, customers: pd.DataFrame) -> Self:
        columns, departments = tuple(dict.fromkeys((*HOW_MUCH, *WORDS))), tuple(commonest(customers, DEPARTMENTS))
        much, mix = pd.DataFrame(how(customers, columns)), pd.DataFrame(what(customers, departments))
        usual = np.concatenate([much.median().fillna(0), mix.mean().fillna(0)])  # what nobody has tells nobody apart
        seen = np.column_stack([much, mix])
        filled = np.where(np.isnan(seen), usual, seen)
        spread = np.maximum(filled.std(axis=0), 1e-9)
        components = _components(filled[:, len(columns) :])
        return cls(columns, departments, HOW_MUCH, usual, filled.mean(axis=0), spread, components)

    @property
    def axes(self) -> list[str]:
        """Of what is seen."""
        return [*self.columns, *(f"much {department}" for department in self.departments)]

    def seen(self, customers: pd.DataFrame) -> Floats:
        """Of shape (n, columns + departments)."""
        found = np.column_stack([how(customers, self.columns), what(customers, self.departments)])
        return np.where(np.isnan(found), self.usual, found)

    def placed(self, seen: Floats) -> Floats:
        """Of shape (n, used + components)."""
        far, many = seen - self.middle, len(self.columns)
        much = (far / self.spread)[:, [self.columns.index(name) for name in self.used]]
        return np.clip(np.column_stack([much, far[:, many:] @ self.components.T]), -CLIP, CLIP)

    def seen_as(self, other: BuyingSpace, seen: Floats) -> Floats:
        """What ``other`` has ``seen``, as seen here; what it does not look at is as usual."""
        here = pd.DataFrame(seen, columns=other.axes).reindex(columns=self.axes)
        return here.fillna(dict(zip(self.axes, self.usual, strict=True))).to_numpy()

    def as_data(self) -> dict[str, Any]:
        return {name: of.tolist() if isinstance(of, np.ndarray) else list(of) for name, of in vars(self).items()}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        texts: dict[str, Any] = {name: tuple(data[name]) for name in ("columns", "departments", "used")}
        numbers: dict[str, Any] = {name: np.array(data[name], float) for name in ("usual", "middle", "spread")}
        flat = np.array(data["components"], float)
        return cls(**texts, **numbers, components=flat.reshape(len(data["components"]), len(texts["departments"])))


def _components(mix: Floats) -> Floats:
    """Principal components of the mix, each of which varies by one, (c, departments)."""
    if mix.shape[1] < 2:
        return np.empty((0, mix.shape[1]))
    found = PCA(min(COMPONENTS, mix.shape[1] - 1)).fit(mix)
    varies = found.explained_variance_ > 1e-9
    return found.components_[varies] / np.sqrt(found.explained_variance_[varies])[:, None]
