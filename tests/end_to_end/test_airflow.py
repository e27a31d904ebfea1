"""The DAGs, through the real Airflow: what they are, and a night in which a gate stops one table."""

import json
import os
import subprocess
from datetime import date
from pathlib import Path

import expectations
from expectations.contract import Table
from jobs.lake import ledger
from samples import complete_journey
from tests.conftest import House, product

AIRFLOW = Path(".venv-airflow/bin/python").absolute()
TELL = """
import json, sys
sys.path.insert(0, "dags")
from airflow.dag_processing.dagbag import DagBag
bag = DagBag("dags", load_op_links=False)
tell = {d: {t.task_id: dict(rule=str(t.trigger_rule.value), retries=t.retries, owner=t.owner,
    inlets=[a.name for a in t.inlets], outlets=[a.name for a in t.outlets], up=sorted(t.upstream_task_ids))
    for t in dag.tasks} for d, dag in bag.dags.items()}
runs = {d: [dag.catchup, dag.max_active_runs, bool(dag.doc_md), list(dag.params)] for d, dag in bag.dags.items()}
print("TOLD" + json.dumps(dict(errors=bag.import_errors, dags=tell, runs=runs)))
"""


def test_the_dags_are_the_contracts(tmp_path):
    env = os.environ | {"AIRFLOW_HOME": str(tmp_path), "PYTHONPATH": str(Path.cwd())}
    said = subprocess.run([AIRFLOW, "-c", TELL], capture_output=True, text=True, env=env, check=True).stdout
    told = json.loads(said.partition("TOLD")[2])
    assert told["errors"] == {}
    assert told["runs"] == {dag: [False, 1, True, ["as_of"]] for dag in ("nightly", "maintain", "retrain", "tables")}
    nightly = told["dags"]["nightly"]
    assert [nightly[layer]["up"] for layer in ("bronze", "silver", "gold")] == [[], ["bronze"], ["silver"]]
    assert {nightly[layer]["rule"] for layer in ("bronze", "silver", "gold")} == {"all_done"}
    assert nightly["watcher"]["rule"] == "one_failed" and len(nightly["watcher"]["up"]) == 3
    assert told["dags"]["retrain"]["retrain"]["outlets"] == ["ops.models"]
    drawn = {name: set(task["inlets"]) for name, task in told["dags"]["tables"].items()}
    published = {name: t for name, t in expectations.TABLES.items() if t.write != "run"}
    promised = {name: _published_sources(t) for name, t in published.items()}
    assert drawn == promised
    assert all(task["owner"] == expectations.TABLES[name].owner for name, task in told["dags"]["tables"].items())


def _published_sources(table: Table) -> set[str]:
    """What a table is made from, steps that live in a run looked through."""
    near = {
        *expectations.sources(table),
        *(s for n in expectations.steps(table) for s in expectations.TABLES[n].made_from),
    }
    return near - expectations.steps(table)


def test_a_gate_that_stops_one_table_lets_the_others_go_on_and_the_run_ends_red(spark, tmp_path):
    house, night = House(spark, tmp_path), date(2017, 1, 1)
    complete_journey.sales(house.landing, night)
    house.deliver("store_products", night, product(1, "GROCERY"))
    house.deliver("marketing_coupons", night, "this,is,no coupon")
    env = os.environ | {"GUANXI_LAKE": str(house.lake), "GUANXI_LANDING": str(house.landing)}
    # an Airflow of its own: whoever opens the clone's sees no run of a test
    command = ["make", "night", "AS_OF=2017-01-01", f"AIRFLOW_HOME={tmp_path / 'airflow'}"]
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert done.returncode != 0, done.stdout + done.stderr
    assert (tmp_path / "airflow/airflow.db").exists()
    assert (
        "bronze.marketing_coupons stopped for 2017-01-01 marketing: 1 of 1 rows break: the line is readable"
        in done.stdout
    )
    built = {name for name in expectations.TABLES if ledger.newest(house.lake, name)}
    came = {"bronze.store_sales", "bronze.store_products"}
    came |= {f"silver.{name}" for name in ("products", "orders", "order_lines", "customers")}
    gold = {t.name for t in expectations.TABLES.values() if t.layer == "gold" and t.write != "run"}
    assert built == came | gold
    assert house.rows("gold.sales_daily", "ordered_on", as_of=night)[0] == (night,)
    closing = dict(
        line.split()[:2] for line in done.stdout.partition("The night of 2017-01-01")[2].splitlines() if "." in line
    )
    assert (closing["bronze.marketing_coupons"], closing["silver.coupons"]) == ("STOPPED", "HELD")
    assert closing["gold.customer_360"] == "published"  # by this run, though not by the last of its programs
