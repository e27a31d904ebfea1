"""Isolation forest (Liu, Ting and Zhou 2008), kept as numbers and asked in numpy.

What all had alike when it was grown it never looks at: a new way to be unusual counts from the next training on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from jobs.arrays import Floats


@dataclass(frozen=True)
class Forest:
    """The nodes of all trees, one after another: where ``feature`` is at most ``threshold``, the first of its two
    ``children`` follows, else the second; after a leaf itself does. ``length``: of the path to a leaf, and from there
    on to one customer alone.

    ``roots``: where each tree begins; ``levels``: of the deepest; ``usual``: the path of anybody in so many customers.
    """

    ARRAYS: ClassVar = ("feature", "threshold", "children", "length", "roots")

    feature: NDArray[np.int64]
    threshold: Floats
    children: NDArray[np.int64]
    length: Floats
    roots: NDArray[np.int64]
    levels: int
    usual: float

    def score(self, rows: Floats) -> Floats:
        """Of each row of ``rows``, shape (n, features), how soon it stands alone, shape (n,): 1 at once, .5 as anybody,
        0 never."""
        values, place = (
            rows.astype(np.float32).ravel(),
            np.arange(len(rows)) * rows.shape[1],
        )  # as scikit-learn compares
        total = np.zeros(len(rows))
        for root in self.roots:  # of one tree at a time all stays in the processor's cache
            at = np.full(len(rows), root)
            for _ in range(self.levels):
                is_second = values.take(place + self.feature.take(at)) > self.threshold.take(at)
                at = self.children.take(2 * at + is_second)
            total += self.length.take(at)
        return 2 ** (-total / len(self.roots) / self.usual)

    def as_data(self) -> dict[str, Any]:
        arrays = {name: getattr(self, name).tolist() for name in self.ARRAYS}
        return arrays | {"levels": self.levels, "usual": self.usual}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Forest:
        arrays: dict[str, Any] = {name: np.array(data[name]) for name in cls.ARRAYS}
        return cls(**arrays, levels=data["levels"], usual=data["usual"])
