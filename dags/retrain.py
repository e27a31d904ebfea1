"""Every week: train the models, judge them on the days after the cut, promote what is better.

A model that does not beat its baseline, or is worse than the champion, stays challenger; `ops.models` says why.
On a fresh lake `nightly` trains them by itself.
"""

from airflow.sdk import DAG, CronDataIntervalTimetable

from alerts import TIMEZONE
from applications import COMMON, application
from expectations import MODELS, TABLES, sources, steps
from tables import ASSETS

with DAG("retrain", schedule=CronDataIntervalTimetable("0 5 * * 0", timezone=TIMEZONE), doc_md=__doc__, **COMMON):
    made = [
        TABLES[name]
        for model in MODELS.values()
        for source in model.made_from
        for name in (source, *steps(TABLES[source]))
    ]
    application(
        "retrain",
        inlets=[ASSETS[name] for name in sorted({s for table in made for s in sources(table)} & ASSETS.keys())],
        outlets=[ASSETS["ops.models"]],
        doc_md="`make retrain AS_OF=...`: "
        + ", ".join(f"{name}: {model.description}" for name, model in MODELS.items()),
    )
