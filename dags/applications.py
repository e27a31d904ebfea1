"""What the DAGs share: a Spark application per task, the night that it is for, and when not to try again."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path

import pendulum
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import Param
from airflow.sdk.definitions.retry_policy import RetryDecision, RetryPolicy

from alerts import TIMEZONE, as_of, red

HOME = Path(__file__).resolve().parent.parent


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
        name=f"guanxi {what}",
        application=str(HOME / "jobs/run.py"),
        application_args=[what, "--as-of", "{{ as_of(dag_run) }}"],
        properties_file=os.environ.get("GUANXI_SPARK_CONF", str(HOME / "conf/spark.conf")),
        retry_policy=NotAGate(),
        **{"task_id": what, "doc_md": f"`make {what} AS_OF=...`", **named},
    )


COMMON = {
    "start_date": pendulum.datetime(2017, 1, 1, tz=TIMEZONE),
    "catchup": False,
    "max_active_runs": 1,
    "tags": ["guanxi"],
    "params": {"as_of": Param(None, type=["null", "string"], format="date", description="The night, YYYY-MM-DD.")},
    "user_defined_macros": {"as_of": as_of},
    "on_failure_callback": red,
    "default_args": {
        "owner": "platform",
        "retries": 1,
        "retry_delay": timedelta(seconds=int(os.environ.get("GUANXI_RETRY_SECONDS", "300"))),
    },
}
