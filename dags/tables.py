"""Never runs. One empty task per table, so that Airflow's asset graph is the tables' graph, edge by edge.

Airflow draws assets through the tasks between them; the layers of `nightly` make many tables each, so there every table
would seem to come from every other. Owner and description are the contract's.
"""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

from expectations import TABLES, sources
from layers import ASSETS, COMMON


def published(name: str) -> list[str]:
    """The tables that a table is made from, a step that lives only in a run looked through."""
    return [s for source in sources(TABLES[name]) for s in ([source] if source in ASSETS else published(source))]


with DAG("tables", schedule=None, is_paused_upon_creation=True, doc_md=__doc__, **COMMON):
    for name, asset in ASSETS.items():
        EmptyOperator(
            task_id=name,
            owner=TABLES[name].owner,
            doc_md=f"{TABLES[name].description}\n\nGrain: {TABLES[name].grain}.",
            inlets=[ASSETS[source] for source in dict.fromkeys(published(name))],
            outlets=[asset],
        )
