"""A challenger is fitted, judged beside its baseline and the champion, registered, and promoted or told why not."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
from pyspark.sql import DataFrame

from expectations.contract import Model
from jobs.models.judged import Judged
from jobs.registry.champions import OtherCode, Version, champion, note, versions
from jobs.registry.parameters import keep, load

if TYPE_CHECKING:
    from jobs.registry.store import Registry


def train(
    lake: Path,
    registry: Callable[[], Registry],
    model: Model,
    before: DataFrame | pa.Table,
    after: DataFrame | pa.Table,
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
        theirs = load(lake, model.name, holds.version) if holds else None
    except OtherCode:  # it can be no rival
        holds = theirs = None
    fitted = module.fit(before, cut).following(theirs)
    judged: Judged = module.judge(fitted, before, after, cut, theirs)
    score_of_champion = module.judge(theirs, before, after, cut, None).score if holds else None
    why_not = refusal(model, judged, holds, score_of_champion)
    tags = {"as_of": as_of.isoformat(), "fitted_until": cut.isoformat(), "fingerprint": fingerprint}
    version = registry().version_of(model.name, fingerprint) or registry().register(model.name, fitted, judged, tags)
    keep(lake, model.name, version, fitted)
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
