"""The lake over the HiveServer2 protocol, for any BI tool that speaks it: `make sql-server`, until ctrl-C.

Every table under its own name, as known for the newest ``as_of``; started again, it shows what is newer. It serves
whoever can reach the port: GUANXI_SQL_HOST (127.0.0.1) and GUANXI_SQL_PORT (10000).
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

import expectations
from jobs import scratch, screen
from jobs.lake import ledger, views
from jobs.lake.sql import quoted_for_spark
from jobs.session import NoSpark, Settings, SettingsError, spark

SERVER = "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2"


def settings_of_server(folder: Path, host: str, port: str) -> str:
    """Spark's arguments: where to listen, and a folder for what Hive writes."""
    thrift = "spark.hadoop.hive.server2.thrift"
    conf = {f"{thrift}.bind.host": host, f"{thrift}.port": port}
    conf["spark.sql.hive.thriftServer.singleSession"] = "true"
    conf["spark.sql.catalogImplementation"] = "in-memory"
    conf["spark.sql.warehouse.dir"] = str(folder)
    return " ".join(f"--conf {name}={value}" for name, value in conf.items())


def register(session: SparkSession, lake: Path) -> int:
    """A view for each published table; how many."""
    tables = views.published(lake)
    for layer in expectations.LAYERS:
        session.sql(f"create database if not exists {layer}")
    for table in tables:
        query = views.rows(table, lake, f"delta.`{ledger.path(lake, table.name)}`")
        described = ", ".join(f"{column.name} comment {quoted_for_spark(column.description)}" for column in table.shown)
        comment = quoted_for_spark(views.comment(table, lake))
        session.sql(f"create or replace view {table.name} ({described}) comment {comment} as {query}")
    return len(tables)


def serve(settings: Settings) -> None:
    """Until a signal ends it."""
    host, port = os.environ.get("GUANXI_SQL_HOST", "127.0.0.1"), os.environ.get("GUANXI_SQL_PORT", "10000")
    with tempfile.TemporaryDirectory(dir=scratch.use()) as folder:
        files = f"--properties-file {settings.spark_conf}"
        os.environ["PYSPARK_SUBMIT_ARGS"] = f"{files} {settings_of_server(Path(folder), host, port)} pyspark-shell"
        session = spark(settings)
        many = register(session, settings.lake)
        jvm: Any = session._jvm  # the server has no other door than Spark's own class
        # a tool that looks around makes Hive ask Derby, which would keep a log where the server was started
        jvm.System.setProperty("derby.stream.error.file", f"{folder}/derby.log")
        server = getattr(jvm, SERVER)
        server.startWithContext(session._jsparkSession.sqlContext())
        screen.say("sql server", f"{many} tables at jdbc:hive2://{host}:{port} (ctrl-C ends it)")
        signal.sigwait({signal.SIGINT, signal.SIGTERM})
        session.stop()


def main() -> int:
    try:
        serve(Settings())
    except (SettingsError, NoSpark) as error:
        screen.fail(str(error))
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
