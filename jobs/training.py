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
from jobs.champions import OtherCode, Version, champion, note, versions
from jobs.known import known
from jobs.models.judged import CannotFit, Judged
from jobs.models.scoring import Champion
from jobs.world import World

if TYPE_CHECKING:
    from jobs.registry import Registry


@dataclass
class Models:
    """What the models of a run share. ``source``: a table as known at the run's night."""

    spark: SparkSession
    lake: Path
    world: World
    staging: Path
    source: Callable[[str], DataFrame]
    before: dict[tuple[str, date], DataFrame] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    @cached_property
    def _registry(self) -> Registry:
        return importlib.import_module("jobs.registry").Registry(self.lake)

    def registry(self) -> Registry:
        """MLflow, met when it is first needed, and once."""
        with self.lock:
            return self._registry

    def champion(self, model: str) -> Champion | None:
        """The champion of the night, loaded."""
        version = self.world.champions[model]
        return Champion(version.version, self.registry().load(model, version.version)) if version else None

    def train(self, model: Model) -> str:
        """Train a model on what was known ``holdout_days`` ago, and judge it on what is known; what came of it."""
        waits = self.world.stops(expectations.TABLES[model.made_from])
        if waits:
            return f"not trained: it waits for {', '.join(waits)}"
        as_of, fingerprint = self.world.as_of, self.world.training(model)
        cut = as_of - timedelta(days=model.holdout_days)
        before = known(self.spark, self.lake, model.made_from, cut, partial(self._kept, cut))
        try:
            line = train(self.lake, self.registry, model, before, self.source(model.made_from), as_of, fingerprint)
        except CannotFit as error:
            return f"not trained: {error}"
        if line.promoted_as_of:
            self.world.champions[model.name] = line
        return line.told()

    def _kept(self, day: date, name: str, frame: DataFrame) -> DataFrame:
        """A shared step as known at another day is made once in a run."""
        with self.lock:
            if (name, day) not in self.before:
                folder = str(self.staging / f"{name} {day}")
                frame.write.parquet(folder)
                self.before[name, day] = self.spark.read.schema(frame.schema).parquet(folder)
            return self.before[name, day]


def train(
    lake: Path,
    registry: Callable[[], Registry],
    model: Model,
    before: DataFrame,
    after: DataFrame,
    as_of: date,
    fingerprint: str,
) -> Version:
    """Fit on ``before`` (known at the cut), judge on ``after`` (known at ``as_of``), register, promote or say why not.

    CannotFit where the data are too few.
    """
    module = importlib.import_module(f"jobs.models.{model.name}")
    cut = as_of - timedelta(days=model.holdout_days)
    holds = champion(versions(lake, model.name), as_of)
    try:
        theirs = registry().load(model.name, holds.version) if holds else None
    except OtherCode:  # it can be no rival
        holds = theirs = None
    fitted = module.fit(before, cut).following(theirs)
    judged: Judged = module.judge(fitted, before, after, cut, theirs)
    score_of_champion = module.judge(theirs, before, after, cut, None).score if holds else None
    why_not = refusal(model, judged, holds, score_of_champion)
    tags = {"as_of": as_of.isoformat(), "fitted_until": cut.isoformat(), "fingerprint": fingerprint}
    version = registry().version_of(model.name, fingerprint) or registry().register(model.name, fitted, judged, tags)
    line = Version(
        model.name, version, as_of, cut, model.metric, judged.score, judged.baseline,
        holds.version if holds else None, score_of_champion, None if why_not else as_of, why_not or None,
        judged.metrics, fingerprint,
    )  # fmt: skip
    if why_not:
        registry().call(model.name, version, "challenger")
    newest = champion([*versions(lake, model.name), line], date.max)  # an old night trained again moves no alias
    if newest:
        registry().call(model.name, newest.version, "champion")
    note(lake, line)
    return line


def refusal(model: Model, judged: Judged, holds: Version | None, score_of_champion: float | None) -> str:
    """Why a challenger is not promoted; empty if it is."""
    sign = -1 if model.lower_is_better else 1
    why = list(judged.faults)
    if sign * judged.score <= sign * judged.baseline:
        why.append(f"{model.metric} {judged.score:.4g} does not beat its baseline's {judged.baseline:.4g}")
    if holds and score_of_champion is not None and sign * judged.score < sign * score_of_champion:
        why.append(
            f"{model.metric} {judged.score:.4g} is worse than {score_of_champion:.4g} of version {holds.version}"
        )
    return "; ".join(why)
