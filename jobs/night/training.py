"""The models of a run: trained, judged, promoted or told why not; and the champion that scores its night."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
from pyspark.sql import DataFrame

import expectations
from expectations.contract import Model
from jobs.consent import allowing
from jobs.imported import imported
from jobs.models.scoring import Champion
from jobs.night.state import State
from jobs.registry import too_few
from jobs.registry.parameters import loaded
from jobs.registry.promotion import train
from jobs.session import Settings
from jobs.statistics.cannot_fit import CannotFit
from jobs.vault.in_clear import in_clear

if TYPE_CHECKING:
    from jobs.registry.store import Registry


CUSTOMERS, CONSENTS = expectations.CONSENT


@dataclass
class Models:
    """What the models of a run share. ``as_known``: a table at a day, of who was whom at a cut."""

    state: State
    settings: Settings
    as_known: Callable[[str, date, date], DataFrame]
    loaded: dict[tuple[str, int], Champion] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def lake(self) -> Path:
        return self.settings.lake

    @cached_property
    def _registry(self) -> Registry:
        return imported("jobs.registry.store").Registry(self.lake)

    def registry(self) -> Registry:
        """MLflow, met when a model is trained, and once."""
        with self.lock:
            return self._registry

    def champion(self, model: str) -> Champion | None:
        """The champion of the night, loaded once: it is tried first, which takes the identity model a second."""
        version = self.state.champions[model]
        with self.lock:
            if version and (model, version.version) not in self.loaded:
                self.loaded[model, version.version] = loaded(self.lake, version)
        return self.loaded[model, version.version] if version else None

    def train(self, model: Model) -> str:
        """Train a model on what was known ``holdout_days`` ago, and judge it on what is known; what came of it."""
        sources = [expectations.TABLES[name] for name in model.made_from]
        waits = [of for table in sources for of in (*self.state.waits_for(table), *self.state.stops(table).values())]
        if waits:
            return f"not trained: it waits for {', '.join(dict.fromkeys(waits))}"
        as_of, fingerprint = self.state.as_of, self.state.training(model)
        try:
            line = train(self.lake, self.registry, model, partial(self._given, model), as_of, fingerprint)
        except CannotFit as error:
            too_few.note(self.lake, model.name, fingerprint, str(error))
            return f"not trained: {error}"
        if line.promoted_as_of:
            self.state.champions[model.name] = line
        return line.told()

    def _given(self, model: Model, name: str, day: date, cut: date) -> DataFrame | pa.Table:
        """A table as known at ``day`` of who was whom at ``cut``: a merge after it makes nobody look lost."""
        frame = self.as_known(name, day, cut)
        if model.opens:
            return in_clear(frame, self.lake, self.settings.keys)
        if name == model.made_from[0]:
            frame = frame.where(model.asks)
        allowed = self.allowing(model, cut)
        knows_customers = "customer_id" in frame.columns
        return frame.join(allowed, "customer_id", "leftsemi") if allowed and knows_customers else frame

    def allowing(self, model: Model, cut: date) -> DataFrame | None:
        """``customer_id`` of who, as known at ``cut``, allows tonight what the model is for; None where it asks nobody,
        or no consents ever came."""
        if not model.purpose or not self.state.made[CONSENTS]:
            return None
        customers, consents = self.as_known(CUSTOMERS, cut, cut), self.as_known(CONSENTS, self.state.as_of, cut)
        return allowing(model.purpose, customers, consents, self.state.as_of)
