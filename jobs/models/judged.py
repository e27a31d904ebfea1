"""What a judge says of a model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Judged:
    """``metrics`` of the model, and of each baseline of its contract the same on the same customers.

    ``against``: the contract's metric of the model and of the champion, where both can be asked; where there is no
    champion, None. ``plots`` are drawn only when they are needed; ``faults`` keep a model from being promoted, whatever
    its metrics.
    """

    metrics: dict[str, float]
    baselines: dict[str, dict[str, float]]
    against: tuple[float, float] | None = None
    plots: dict[str, Callable[[], Figure]] = field(default_factory=dict)
    faults: tuple[str, ...] = ()

    def all_metrics(self) -> dict[str, float]:
        """By name; those of a baseline say so."""
        theirs = {f"{metric} of {name}": of for name, found in self.baselines.items() for metric, of in found.items()}
        return self.metrics | theirs

    def best_baseline(self, metric: str, lower_is_better: bool) -> tuple[str, float]:
        """Which of them is the strongest, and its metric."""
        found = {name: of[metric] for name, of in self.baselines.items() if metric in of}
        best = (min if lower_is_better else max)(found, key=lambda name: found[name])
        return best, found[best]
