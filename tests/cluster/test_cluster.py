"""The same tables on a real cluster, by settings alone: executors that have no checkout, one of them killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

import expectations
from jobs.lake import ledger, transaction
from jobs.night import outcome
from tests.cluster.standalone import cluster, executors
from tests.conftest import House, product
from tests.simulated import LAST, deliver

pytestmark = pytest.mark.cluster
WEEK = LAST + timedelta(days=7)


def content(lake: Path, name: str) -> Counter:
    """Rows of a table, all versions; sums of floats differ in their last bits with the order of the rows."""
    columns = [column for column in expectations.TABLES[name].stored if column.name != "as_of"]
    shown = [f"round({c.name}, 6)" if c.type == "double" else f"{c.name}::varchar" for c in columns]
    files = transaction.files(ledger.path(lake, name))
    query = f"select {', '.join(shown)} from read_parquet({files}, hive_partitioning = false, union_by_name = true)"
    return Counter(duckdb.sql(query).fetchall()) if files else Counter()


def make(*words: str, env: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(["make", *words], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def done(process: subprocess.Popen[str]) -> str:
    told, _ = process.communicate()
    assert process.returncode == 0, "\n".join(line for line in told.splitlines() if line.startswith("guanxi:"))
    return told


def test_a_cluster_makes_what_one_machine_makes_though_an_executor_is_killed(tmp_path):
    here, there = (House(None, tmp_path / name) for name in ("here", "there") if not (tmp_path / name).mkdir())
    for house in (here, there):
        deliver(house, weeks_more=1)
        house.deliver("store_products", LAST - timedelta(days=200), product(1))
    given = {name: value for name, value in os.environ.items() if name != "PYSPARK_SUBMIT_ARGS"}  # the suite's own
    of_here, of_there = (
        given | {"GUANXI_LAKE": str(house.lake), "GUANXI_LANDING": str(house.landing)} for house in (here, there)
    )
    for what in ("nightly", "retrain"):
        subprocess.run([sys.executable, "-m", "jobs.run", what, "--as-of", str(WEEK)], env=of_here, check=True)
    with cluster(tmp_path / "cluster") as address:
        host, _, port = address.rpartition(":")
        of_there |= {
            "AIRFLOW_CONN_SPARK_DEFAULT": json.dumps({"conn_type": "spark", "host": host, "port": int(port)}),
            "GUANXI_SPARK_CONF": str(Path("conf/cluster.conf").absolute()),
        }
        home = f"AIRFLOW_HOME={tmp_path / 'airflow'}"
        night = make("night", f"AS_OF={WEEK}", home, env=of_there)
        while not ledger.log(there.lake, "silver.order_lines"):
            assert night.poll() is None, done(night)
            time.sleep(0.2)
        killed = executors()[0]
        os.kill(killed, signal.SIGKILL)
        done(night)
        assert [name for name, of in outcome.read(there.lake, WEEK).items() if of.is_red] == []
        assert killed not in executors()
        done(make("retrain", f"AS_OF={WEEK}", home, env=of_there))
    made = [t.name for t in expectations.select("nightly") if ledger.log(here.lake, t.name)]
    assert {"gold.customer_360", "gold.customer_clv", "silver.order_lines"} <= set(made)
    assert [name for name in made if content(here.lake, name) != content(there.lake, name)] == []
