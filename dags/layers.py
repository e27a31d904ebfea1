"""What both DAGs share: one application per task, the night it is for, and when not to try again."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path

import pendulum
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import Asset, Param, TriggerRule, task
from airflow.sdk.definitions.retry_policy import RetryDecision, RetryPolicy

from expectations import TABLES

HOME = Path(__file__).resolve().parent.parent
TIMEZONE = os.environ.get("GUANXI_TIMEZONE", "America/New_York")
AS_OF = "{{ as_of(params, dag_run) }}"
ASSETS = {
    name: Asset(name=name, uri=f"lake://{name.replace('.', '/')}", group=table.layer)
    for name, table in TABLES.items()
    if table.write != "run"
}


def as_of(params, dag_run) -> str:
    """The night: the parameter when given; else the start of the data interval, which is what a schedule and a
    backfill call their logical date; a run by hand without either takes yesterday, the last day that is over."""
    if params.get("as_of"):
        return params["as_of"]
    yesterday = pendulum.instance(dag_run.run_after).in_timezone(TIMEZONE).subtract(days=1)
    return min(yesterday, pendulum.instance(dag_run.logical_date or yesterday)).in_timezone(TIMEZONE).to_date_string()


class NotAGate(RetryPolicy):
    """Exit 1 (a gate stopped something) and 2 (settings) would come again; only a run that broke off is tried again."""

    def evaluate(self, exception, try_number, max_tries, context=None):
        if re.search(r"Error code is: [12]\b", str(exception)):
            return RetryDecision.fail("a gate stopped a table, or a setting is wrong: the log says which")
        return RetryDecision.default()

    def serialize(self):
        return {}


def application(what: str, **named) -> SparkSubmitOperator:
    """``jobs.run WHAT --as-of D`` as a Spark application."""
    return SparkSubmitOperator(
        task_id=what,
        name=f"guanxi {what}",
        application=str(HOME / "jobs/run.py"),
        application_args=[what, "--as-of", AS_OF],
        properties_file=os.environ.get("GUANXI_SPARK_CONF", str(HOME / "conf/spark.conf")),
        retry_policy=NotAGate(),
        **named,
    )


@task(trigger_rule=TriggerRule.ONE_FAILED, retries=0)
def watcher() -> None:
    """Airflow's watcher pattern: layers go on after a failed one, and the run still ends red."""
    raise RuntimeError("a layer failed: its log says which table and why")


COMMON = {
    "start_date": pendulum.datetime(2017, 1, 1, tz=TIMEZONE),
    "catchup": False,
    "max_active_runs": 1,
    "tags": ["guanxi"],
    "params": {"as_of": Param(None, type=["null", "string"], format="date", description="The night, YYYY-MM-DD.")},
    "user_defined_macros": {"as_of": as_of},
    "default_args": {
        "owner": "platform",
        "retries": 1,
        "retry_delay": timedelta(seconds=int(os.environ.get("GUANXI_RETRY_SECONDS", "300"))),
    },
}
