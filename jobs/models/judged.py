"""What a fit refuses, and what a judge says of a model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class CannotFit(ValueError):
    """The data are too few, or impossible; the message says which, and holds no value of a customer."""


@dataclass(frozen=True)
class Judged:
    """``score`` is the contract's metric, ``baseline`` that of the baseline on the same customers.

    ``plots`` are drawn only when they are needed; ``faults`` keep a model from being promoted, whatever its score.
    """

    score: float
    baseline: float
    metrics: dict[str, float]
    plots: dict[str, Callable[[], Figure]] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
