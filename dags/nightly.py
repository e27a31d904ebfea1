"""Every night: landing files to bronze, silver and gold.

Each layer is one Spark application that builds its tables side by side and skips what did not change. A gate that stops
a table holds back only what is made from it: the layers after it run, and the run ends red. `as_of` builds another
night; the same night twice changes nothing. The tables' graph: DAG `tables`.
"""

from airflow.sdk import DAG, CronDataIntervalTimetable, TriggerRule, chain

from expectations import TABLES
from layers import ASSETS, COMMON, TIMEZONE, application, watcher

with DAG("nightly", schedule=CronDataIntervalTimetable("0 3 * * *", timezone=TIMEZONE), doc_md=__doc__, **COMMON):
    layers = [
        application(
            layer,
            trigger_rule=TriggerRule.ALL_DONE,
            outlets=[ASSETS[name] for name, table in TABLES.items() if table.layer == layer and name in ASSETS],
            doc_md=f"`make night AS_OF=...`, or `python -m jobs.run {layer} --as-of ...`",
        )
        for layer in ("bronze", "silver", "gold")
    ]
    chain(*layers)
    layers >> watcher()
