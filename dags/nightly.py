"""Every night: landing files to bronze, silver and gold, in one Spark application.

It builds the tables side by side and skips what did not change. A gate that stops a table holds back only what is made
from it: the others go on, and the run ends red. After it a tiny task per table tells what became of that table; their
edges are the tables' graph. `as_of` builds another night; the same night twice changes nothing.
"""

from datetime import time

from airflow.sdk import DAG, CronDataIntervalTimetable, TriggerRule, task

import expectations
from alerts import TIMEZONE, deadline
from applications import COMMON, application
from tables import ASSETS, published, told

SCHEDULE = CronDataIntervalTimetable("0 3 * * *", timezone=TIMEZONE)


@task(trigger_rule=TriggerRule.ONE_FAILED, retries=0)
def watcher() -> None:
    """Airflow's watcher pattern: the tables' tasks go on after a red night, and the run still ends red."""
    raise RuntimeError("the night is red: its log says which table and why")


with DAG("nightly", schedule=SCHEDULE, deadline=deadline(starts=time(3)), doc_md=__doc__, **COMMON):
    night = application("nightly", task_id="night", doc_md="`make night AS_OF=...`")
    tasks = {table.name: told(table.name) for table in expectations.select("nightly") if table.name in ASSETS}
    for name, of_table in tasks.items():
        ([tasks[source] for source in published(name)] or night) >> of_table
    night >> watcher()
