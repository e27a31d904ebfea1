"""The models of a run: trained, judged, promoted or told why not; and the champion that scores its night."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from pyspark.sql import DataFrame, SparkSession

import expectations
from expectations.contract import Model
from jobs.models.judged import CannotFit
from jobs.models.scoring import Champion
from jobs.night.state import State
from jobs.night.table_as_of import table_as_of
from jobs.registry.promotion import train

if TYPE_CHECKING:
    from jobs.registry.store import Registry


@dataclass
class Models:
    """What the models of a run share. ``source``: a table as known at the run's night."""

    spark: SparkSession
    lake: Path
    state: State
    staging: Path
    source: Callable[[str], DataFrame]
    before: dict[tuple[str, date], DataFrame] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    @cached_property
    def _registry(self) -> Registry:
        return importlib.import_module("jobs.registry.store").Registry(self.lake)

    def registry(self) -> Registry:
        """MLflow, met when it is first needed, and once."""
        with self.lock:
            return self._registry

    def champion(self, model: str) -> Champion | None:
        """The champion of the night, loaded."""
        version = self.state.champions[model]
        return Champion(version.version, self.registry().load(model, version.version)) if version else None

    def train(self, model: Model) -> str:
        """Train a model on what was known ``holdout_days`` ago, and judge it on what is known; what came of it."""
        source = expectations.TABLES[model.made_from]
        waits = [*self.state.waits_for(source), *self.state.stops(source).values()]
        if waits:
            return f"not trained: it waits for {', '.join(waits)}"
        as_of, fingerprint = self.state.as_of, self.state.training(model)
        cut = as_of - timedelta(days=model.holdout_days)
        before = table_as_of(self.spark, self.lake, model.made_from, cut, partial(self._kept, cut))
        try:
            line = train(self.lake, self.registry, model, before, self.source(model.made_from), as_of, fingerprint)
        except CannotFit as error:
            return f"not trained: {error}"
        if line.promoted_as_of:
            self.state.champions[model.name] = line
        return line.told()

    def _kept(self, day: date, name: str, frame: DataFrame) -> DataFrame:
        """A shared step as known at another day is made once in a run."""
        with self.lock:
            if (name, day) not in self.before:
                folder = str(self.staging / f"{name} {day}")
                frame.write.parquet(folder)
                self.before[name, day] = self.spark.read.schema(frame.schema).parquet(folder)
            return self.before[name, day]
