"""A challenger is fitted, judged beside its baseline and the champion, registered, and promoted or told why not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.contract import Model
from jobs.imported import imported
from jobs.models.examples import Known
from jobs.models.judged import Judged
from jobs.registry import references
from jobs.registry.champions import OtherCode, Version, champion, note, versions
from jobs.registry.parameters import keep, load

if TYPE_CHECKING:
    from jobs.registry.store import Registry

WORSE = 1.01  # as much more of an error that is not what the model promises is chance


def train(
    lake: Path,
    registry: Callable[[], Registry],
    model: Model,
    known: Known,
    as_of: date,
    fingerprint: str,
) -> Version:
    """Fit on what was known at the cut, judge on what is known at ``as_of``, register, promote or say why not.

    ``known`` gives a table as known at a day, of who was whom at a cut. CannotFit where the data are too few.
    """
    module = imported(f"jobs.models.{model.name}")
    cut = as_of - timedelta(days=model.holdout_days)
    holds = champion(versions(lake, model.name), as_of)
    try:
        theirs = load(lake, model.name, holds.version) if holds else None
    except OtherCode:  # it can be no rival
        holds = theirs = None
    fitted = module.fit(known, cut).following(theirs)
    judged: Judged = module.judge(fitted, known, cut, as_of, theirs)
    why_not = refusal(model, judged, holds)
    tags = {"as_of": as_of.isoformat(), "fitted_until": cut.isoformat(), "fingerprint": fingerprint}
    version = registry().version_of(model.name, fingerprint) or registry().register(model.name, fitted, judged, tags)
    keep(lake, model.name, version, fitted)
    if model.scores:
        references.keep(lake, model, version, fitted, known, cut)
    best, baseline = judged.best_baseline(model.metric, model.lower_is_better)
    line = Version(
        model.name, version, as_of, cut, model.metric, judged.metrics[model.metric], best, baseline,
        holds.version if holds else None, judged.against[1] if judged.against else None,
        None if why_not else as_of, why_not or None, judged.all_metrics(), fingerprint,
    )  # fmt: skip
    if why_not:
        registry().call(model.name, version, "challenger")
    newest = champion([*versions(lake, model.name), line], date.max)  # an old night trained again moves no alias
    if newest:
        registry().call(model.name, newest.version, "champion")
    note(lake, line)
    return line


def refusal(model: Model, judged: Judged, holds: Version | None) -> str:
    """Why a challenger is not promoted; empty if it is."""
    sign = -1 if model.lower_is_better else 1
    why, score = list(judged.faults), judged.metrics[model.metric]
    best, baseline = judged.best_baseline(model.metric, model.lower_is_better)
    if sign * score <= sign * baseline:
        why.append(f"{model.metric} {score:.4g} does not beat {baseline:.4g} of {best}")
    for metric in model.others:
        name, least = judged.best_baseline(metric, lower_is_better=True)
        if judged.metrics[metric] > WORSE * least:
            why.append(f"{metric} {judged.metrics[metric]:.4g} is worse than {least:.4g} of {name}")
    if holds and judged.against and sign * judged.against[0] < sign * judged.against[1]:
        mine, theirs = judged.against
        why.append(f"{model.metric} {mine:.4g} is worse than {theirs:.4g} of version {holds.version}")
    return "; ".join(why)
