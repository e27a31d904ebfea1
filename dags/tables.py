"""One tiny task per table after the night: what the night did to it, as the task's colour.

Published is success, and the asset's event carries the figures; unchanged is skipped; stopped fails with the gate's
sentence and page; what is made from it is upstream failed. Owner, description and edges are the contract's.
"""

from __future__ import annotations

from datetime import date

from airflow.sdk import Asset, TriggerRule, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

import expectations
from alerts import as_of
from expectations import TABLES
from jobs.night import outcome
from jobs.session import lake

ASSETS = {
    name: Asset(name=name, uri=f"lake://{name.replace('.', '/')}", group=table.layer)
    for name, table in TABLES.items()
    if table.write != "run"
}


def published(name: str) -> list[str]:
    """The tables of the lake that a table is made from."""
    return expectations.origins(TABLES[name])


def may_go_on(name: str) -> bool:
    """A table may be made though one of those that it is made from stopped: another channel came."""
    return len(expectations.channels(TABLES[name])) > 1 or TABLES[name].write == "state" or not published(name)


def told(name: str):
    """The task that tells what the night did to a table."""

    @task(
        task_id=name,
        owner=TABLES[name].owner,
        doc_md=f"{TABLES[name].description}\n\nGrain: {TABLES[name].grain}.",
        inlets=[ASSETS[source] for source in published(name)],
        outlets=[ASSETS[name]],
        trigger_rule=TriggerRule.ALL_DONE if may_go_on(name) else TriggerRule.NONE_FAILED,
        retries=0,
    )
    def tell(dag_run, outlet_events) -> None:
        found = outcome.of_table(lake(), name, date.fromisoformat(as_of(dag_run)))
        if found.state == "unchanged":
            raise AirflowSkipException(found.told())
        if found.is_red:
            raise AirflowFailException(found.told())
        outlet_events[ASSETS[name]].extra = found.figures

    return tell()
