"""The models of a run: trained, judged, promoted or told why not; and the champion that scores its night."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyspark.sql import DataFrame

import expectations
from expectations.contract import Model
from jobs.models.judged import CannotFit
from jobs.models.scoring import Champion
from jobs.night.state import State
from jobs.registry.parameters import load
from jobs.registry.promotion import train

if TYPE_CHECKING:
    from jobs.registry.store import Registry


@dataclass
class Models:
    """What the models of a run share. ``source``: a table as known at the run's night; ``as_known``: at another day."""

    state: State
    lake: Path
    source: Callable[[str], DataFrame]
    as_known: Callable[[str, date], DataFrame]
    lock: threading.RLock = field(default_factory=threading.RLock)

    @cached_property
    def _registry(self) -> Registry:
        return importlib.import_module("jobs.registry.store").Registry(self.lake)

    def registry(self) -> Registry:
        """MLflow, met when a model is trained, and once."""
        with self.lock:
            return self._registry

    def champion(self, model: str) -> Champion | None:
        """The champion of the night, loaded."""
        version = self.state.champions[model]
        return Champion(version.version, load(self.lake, model, version.version)) if version else None

    def train(self, model: Model) -> str:
        """Train a model on what was known ``holdout_days`` ago, and judge it on what is known; what came of it."""
        source = expectations.TABLES[model.made_from]
        waits = [*self.state.waits_for(source), *self.state.stops(source).values()]
        if waits:
            return f"not trained: it waits for {', '.join(waits)}"
        as_of, fingerprint = self.state.as_of, self.state.training(model)
        cut = as_of - timedelta(days=model.holdout_days)
        before = self.as_known(model.made_from, cut)
        try:
            line = train(self.lake, self.registry, model, before, self.source(model.made_from), as_of, fingerprint)
        except CannotFit as error:
            return f"not trained: {error}"
        if line.promoted_as_of:
            self.state.champions[model.name] = line
        return line.told()
