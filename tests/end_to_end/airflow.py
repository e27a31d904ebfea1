"""An Airflow of a test's own: whoever opens the clone's page sees no run of a test."""

import os
import signal
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from tests.conftest import House


class Airflow:
    """The house's DAGs and ``more`` of them, on a house's landing zone and lake; ``alert`` is told what goes wrong."""

    def __init__(self, folder: Path, house: House, more: str, alert: str) -> None:
        self.database, dags = folder / "airflow" / "airflow.db", folder / "dags"
        dags.mkdir()
        for file in Path("dags").absolute().glob("*.py"):
            (dags / file.name).symlink_to(file)
        (dags / "consumers.py").write_text(more)
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            port = free.getsockname()[1]
        self.settings = [
            f"AIRFLOW_HOME={folder / 'airflow'}",
            f"AIRFLOW__CORE__DAGS_FOLDER={dags}",
            f"AIRFLOW__API__PORT={port}",
            f"AIRFLOW__CORE__EXECUTION_API_SERVER_URL=http://127.0.0.1:{port}/execution/",
        ]
        lies = {"GUANXI_LAKE": str(house.lake), "GUANXI_LANDING": str(house.landing)}
        self.env = os.environ | lies | {"GUANXI_ALERT": alert}
        for words in ("db migrate", "dags reserialize"):
            subprocess.run(self._cli(words), capture_output=True, env=self.env, check=True)

    def night(self, as_of: date) -> subprocess.CompletedProcess[str]:
        command = ["make", "night", f"AS_OF={as_of}", *self.settings]
        return subprocess.run(command, capture_output=True, text=True, env=self.env, check=False)

    @contextmanager
    def scheduler(self, **settings: str) -> Iterator[None]:
        """Scheduler, page and DAG processor, as `make airflow` has them; ``nightly`` starts by its schedule."""
        env = self.env | {"GUANXI_RETRY_SECONDS": "1"} | settings
        for words in ("dags reserialize", "dags unpause --yes nightly"):
            subprocess.run(self._cli(words), capture_output=True, env=env, check=True)
        with (self.database.parent / "standalone.log").open("wb") as log:
            program = subprocess.Popen(self._cli("standalone"), env=env, stdout=log, stderr=log, start_new_session=True)
        try:
            yield
        finally:
            os.killpg(program.pid, signal.SIGTERM)
            program.wait()

    def states(self) -> dict[str, str]:
        return dict(self.rows("select task_id, state from task_instance where dag_id = 'nightly'"))

    def rows(self, query: str) -> list[tuple]:
        with closing(sqlite3.connect(self.database)) as database:
            return database.execute(query).fetchall()

    def _cli(self, words: str) -> list[str]:
        """Airflow's own command line, with the settings that `make` gives it."""
        return [
            "make",
            "--eval",
            "airflow-cli: ; @exec airflow $(WORDS)",
            "airflow-cli",
            f"WORDS={words}",
            *self.settings,
        ]
