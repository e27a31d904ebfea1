"""Who is told when a run ends red, or a night is not done by its hour: the log, and whom GUANXI_ALERT names."""

from __future__ import annotations

import logging
import os
from datetime import date, datetime, time, timedelta

import apprise
import pendulum
from airflow.sdk import DeadlineAlert, DeadlineReference, SyncCallback

from jobs.night import outcome
from jobs.session import lake

log = logging.getLogger("airflow.task.guanxi")
TIMEZONE = os.environ.get("GUANXI_TIMEZONE", "America/New_York")


def as_of(dag_run) -> str:
    """The night: the parameter when given; else the start of the data interval, which is what a schedule and a
    backfill call their logical date; a run by hand without either takes yesterday, the last day that is over."""
    if (dag_run.conf or {}).get("as_of"):
        return dag_run.conf["as_of"]
    yesterday = pendulum.instance(dag_run.run_after).in_timezone(TIMEZONE).subtract(days=1)
    return min(yesterday, pendulum.instance(dag_run.logical_date or yesterday)).in_timezone(TIMEZONE).to_date_string()


def red(context) -> None:
    """A run ended red: of a night, each table that stopped or broke off, why, and the page to open."""
    dag_run = context["dag_run"]
    night = as_of(dag_run)
    outcomes = outcome.read(lake(), date.fromisoformat(night)) if dag_run.dag_id == "nightly" else {}
    lines = [f"{name} {of.told()}" for name, of in outcomes.items() if of.state in ("stopped", "broke off")]
    held = [name for name, of in outcomes.items() if of.state == "held"]
    lines += [f"held back: {', '.join(held)}"] * bool(held)
    tell(f"Guanxi: {dag_run.dag_id} of {night} is red", lines or ["It broke off: its log in Airflow says why."])


def late(context, done_by: str) -> None:
    """A night is not done by the hour that a setting names."""
    dag_run = context["dag_run"]
    run = f"{dag_run['dag_run_id']} waits or runs since {dag_run['queued_at']}."
    tell(f"Guanxi: the night is not done by {done_by}", [run])


def tell(title: str, lines: list[str]) -> None:
    log.error("%s\n%s", title, "\n".join(lines))
    whom = apprise.Apprise(os.environ.get("GUANXI_ALERT", ""))
    if len(whom) and not whom.notify(title=title, body="\n".join(lines), body_format=apprise.NotifyFormat.TEXT):
        log.error("GUANXI_ALERT: not all of its %d addresses could be told", len(whom))


def deadline(starts: time) -> DeadlineAlert | None:
    """The hour that GUANXI_DONE_BY names, such as 06:30; counted from when a run is queued, so that a backfill by day
    has as long as the night has."""
    if not (done_by := os.environ.get("GUANXI_DONE_BY")):
        return None
    day = date(2017, 1, 1)
    long = datetime.combine(day, time.fromisoformat(done_by)) - datetime.combine(day, starts)
    return DeadlineAlert(
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=long if long > timedelta(0) else long + timedelta(days=1),
        callback=SyncCallback(late, kwargs={"done_by": done_by}),
    )
