"""The columns that profiles are made of: numbers in standard deviations, categories as codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jobs.arrays import Floats
from jobs.statistics.prototypes import Mixed

#: Number -> what a profile is called that has much of it, and little of it. Few: more of them, novelty and packs, made
#: profiles less stable.
NUMBERS = {
    "orders_91d": ("frequent", "rare"),
    "spend_per_order": ("large orders", "small orders"),
    "promotion_ratio": ("on offer", "full price"),
    "private_label_share": ("own brand", "name brands"),
}
CATEGORIES = ("age_group", "household", "channel", "daypart", "department")
AMOUNTS = ("orders_91d", "spend_per_order")  # long-tailed: their logarithm is used
CLIP = 3.0  # standard deviations: one extreme customer is no profile
FEWEST, MOST_LEVELS = 20, 20  # customers of a level, so that none is of a few; levels of a category
UNKNOWN, OTHER = "unknown", "other"


@dataclass(frozen=True)
class Columns:
    """``medians``, ``means`` and ``deviations`` of the numbers; ``levels`` of each category, the most frequent first:
    all that are not named share the code after them."""

    medians: Floats
    means: Floats
    deviations: Floats
    levels: dict[str, list[str]]

    @classmethod
    def of(cls, customers: pd.DataFrame) -> Columns:
        raw = _unscaled(customers)
        medians = pd.DataFrame(raw).median().fillna(0).to_numpy()  # what nobody has tells nobody apart
        filled = np.where(np.isnan(raw), medians, raw)
        levels = {name: _levels(customers[name]) for name in CATEGORIES}
        return cls(medians, filled.mean(axis=0), np.maximum(filled.std(axis=0), 1e-9), levels)

    def mixed(self, customers: pd.DataFrame) -> Mixed:
        raw = _unscaled(customers)
        filled = np.where(np.isnan(raw), self.medians, raw)
        numbers = np.clip((filled - self.means) / self.deviations, -CLIP, CLIP)
        return Mixed(numbers, np.column_stack([self._codes(name, customers[name]) for name in CATEGORIES]))

    def customers(self, rows: Mixed) -> pd.DataFrame:
        """``rows`` as customers would look who are so."""
        raw = rows.numbers * self.deviations + self.means
        found = {name: np.expm1(of) if name in AMOUNTS else of for name, of in zip(NUMBERS, raw.T, strict=True)}
        for name, codes in zip(CATEGORIES, rows.codes.T, strict=True):
            found[name] = np.array([*self.levels[name], OTHER], dtype=object)[codes]
        return pd.DataFrame(found)

    def zeros_and_ones(self, rows: Mixed) -> dict[str, Floats]:
        """Of each category a column for each of its levels, and for all others: 1 where a row has it."""
        every = zip(CATEGORIES, rows.codes.T, strict=True)
        return {name: np.eye(len(self.levels[name]) + 1)[codes] for name, codes in every}

    def _codes(self, name: str, values: pd.Series) -> NDArray[np.int64]:
        levels = self.levels[name]
        codes = _said(values).map(dict(zip(levels, range(len(levels)), strict=True)))
        return codes.fillna(len(levels)).to_numpy(np.int64)

    def as_data(self) -> dict[str, Any]:
        return {name: of.tolist() if isinstance(of, np.ndarray) else of for name, of in vars(self).items()}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Columns:
        medians, means, deviations = (np.array(data[name]) for name in ("medians", "means", "deviations"))
        return cls(medians, means, deviations, dict(data["levels"]))


def _said(values: pd.Series) -> pd.Series:
    """What is not known is a category of its own."""
    return values.astype(object).where(values.notna(), UNKNOWN)


def _levels(values: pd.Series) -> list[str]:
    """Those that enough customers have."""
    counts = _said(values).value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return list(counts[counts >= FEWEST].index[:MOST_LEVELS])


def _unscaled(customers: pd.DataFrame) -> Floats:
    """Numbers of shape (n, p); NaN where a customer has none."""
    columns = [customers[name].astype(float) for name in NUMBERS]
    return np.column_stack([np.log1p(of.clip(lower=0)) if of.name in AMOUNTS else of for of in columns])
