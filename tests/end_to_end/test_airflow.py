"""The DAGs, through the real Airflow: what they are, what its page shows of a red night, who is told, who starts."""

import json
import os
import subprocess
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import expectations
from expectations.contract import Table
from samples import complete_journey
from tests.conftest import House, product
from tests.end_to_end.airflow import Airflow
from tests.end_to_end.receivers import mailbox, webhook

PYTHON = Path(".venv-airflow/bin/python").absolute()
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
CONSUMERS = """
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG
from tables import ASSETS

for name, assets in {
    "both_in_one_night": ("silver.order_lines", "gold.customer_360"),
    "one_a_run_later": ("silver.order_lines", "silver.coupons"),
    "one_never": ("silver.order_lines", "silver.members"),
}.items():
    with DAG(name, schedule=[ASSETS[asset] for asset in assets], is_paused_upon_creation=False):
        EmptyOperator(task_id="go")
"""
EVENTS = "select name, event.extra from asset_event event join asset on asset.id = asset_id"
STARTED = "select dag_id, count(*) from dag_run where dag_id like '%one%' and state = 'success' group by 1"


def test_the_dags_are_the_contracts(tmp_path):
    env = os.environ | {"AIRFLOW_HOME": str(tmp_path), "PYTHONPATH": str(Path.cwd())}
    said = subprocess.run([PYTHON, "-c", TELL], capture_output=True, text=True, env=env, check=True).stdout
    told = json.loads(said.partition("TOLD")[2])
    assert told["errors"] == {}
    assert told["runs"] == {dag: [False, 1, True, ["as_of"]] for dag in ("nightly", "maintain", "retrain")}
    assert told["dags"]["retrain"]["retrain"]["outlets"] == ["ops.models"]
    nightly = told["dags"]["nightly"]
    night, watcher = nightly.pop("night"), nightly.pop("watcher")
    assert (night["up"], night["outlets"], night["retries"]) == ([], [], 1)
    assert (watcher["up"], watcher["rule"]) == (["night"], "one_failed")
    made = {table.name: table for table in expectations.select("nightly") if table.write != "run"}
    drawn = {name: (task["up"], sorted(task["inlets"]), task["outlets"]) for name, task in nightly.items()}
    sources = {name: sorted(_published_sources(table)) for name, table in made.items()}
    assert drawn == {name: (of or ["night"], of, [name]) for name, of in sources.items()}
    assert all(task["owner"] == made[name].owner for name, task in nightly.items())
    # a feed's task looks whatever became of the night; a state, and a table of several channels, takes in what came
    goes_on = {name for name, task in nightly.items() if task["rule"] == "all_done"}
    fed = {name for name, table in made.items() if table.layer == "bronze" or len(expectations.channels(table)) > 1}
    assert goes_on == {"silver.account_numbers", "silver.identifiers", *fed}


def _published_sources(table: Table) -> set[str]:
    """What a table is made from, steps that live in a run looked through."""
    near = [expectations.TABLES[name] for name in expectations.sources(table)]
    return {name for of in near for name in (_published_sources(of) if of.write == "run" else {of.name})}


def test_the_page_shows_a_red_night_somebody_is_told_and_others_start_when_what_they_wait_for_is_new(spark, tmp_path):
    house, night, broken = House(spark, tmp_path), date(2017, 1, 1), "this,is,no coupon"
    complete_journey.sales(complete_journey.of_households(), house.landing, night)
    house.deliver("store_products", night, product(1, "GROCERY"))
    house.deliver("marketing_coupons", night, broken)
    with webhook() as (hook, told), mailbox() as (post, mails):
        airflow = Airflow(tmp_path, house, CONSUMERS, alert=f"{hook} {post}")
        done = airflow.night(night)
        assert done.returncode != 0, done.stdout + done.stderr
        assert "The night of 2017-01-01: 50 published, 26 unchanged, 1 stopped, 1 held" in done.stdout
        _the_page_shows_what_stopped_and_what_it_holds_back(airflow.states())
        [(title, message)] = told
        assert mails == told  # line by line, too
        assert title == "Guanxi: nightly of 2017-01-01 is red"
        assert "bronze.marketing_coupons stopped for 2017-01-01 marketing: 1 of 1 rows break: the line is" in message
        [page] = [word for word in message.split() if word.endswith(".html")]
        assert Path(page).is_file() and "held back: silver.coupons" in message and broken not in message

        house.deliver("marketing_coupons", night, "1,1,1")
        done = airflow.night(night)
        assert done.returncode == 0, done.stdout + done.stderr
        events = airflow.rows(EVENTS)
        assert len(events) == len(dict(events)) == 52  # each table once, when it was published
        figures = {"as_of": "2017-01-01", "rows": 1, "rejected": 0, "quality": 0.0, "version": 1}  # of no known product
        assert json.loads(dict(events)["silver.coupons"]) == figures

        del told[:]
        one_each = {"both_in_one_night": 1, "one_a_run_later": 1}
        # the scheduler starts a night that fails at once, and that a second is too short for
        with airflow.scheduler(GUANXI_LANDING="nowhere", GUANXI_DONE_BY="03:00:01"):
            assert _comes(lambda: len(told) >= 2 and dict(airflow.rows(STARTED)) == one_each), told
    assert dict(airflow.rows(STARTED)) == one_each
    (red, why), (late, since) = sorted(told)
    assert (late, "scheduled__" in since) == ("Guanxi: the night is not done by 03:00:01", True)
    assert red.endswith("is red") and "its log in Airflow says why" in why


def _the_page_shows_what_stopped_and_what_it_holds_back(states: dict[str, str]) -> None:
    assert (states["bronze.marketing_coupons"], states["silver.coupons"]) == ("failed", "upstream_failed")
    assert (states["silver.orders"], states["gold.customer_360"]) == ("success", "success")
    assert states["silver.members"] == "skipped"  # nothing of it was delivered


def _comes(is_there: Callable[[], bool], seconds: int = 400) -> bool:
    end = time.monotonic() + seconds
    while not (came := is_there()) and time.monotonic() < end:
        time.sleep(0.5)
    return came
