"""Spark's own cluster on this machine: a master and two workers, who know nothing of the clone."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pyspark

SPARK_HOME = Path(pyspark.__file__).parent


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Its address; ``folder``: where its processes stand, and what they write."""
    (folder / "conf").mkdir(parents=True)
    of_clone = ("PYTHONPATH", "PYSPARK_SUBMIT_ARGS", "SPARK_SUBMIT_OPTS", "TMPDIR")
    env = {name: value for name, value in os.environ.items() if name not in of_clone}
    env |= {"SPARK_HOME": str(SPARK_HOME), "SPARK_CONF_DIR": str(folder / "conf"), "SPARK_LOCAL_IP": "127.0.0.1"}
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    master = ["master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"]
    worker = ["worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "3g", "--webui-port", "0"]
    of_worker = [*worker, "--work-dir", str(folder / "work"), f"spark://127.0.0.1:{port}"]
    started = []
    try:
        for name, words in (("master", master), ("worker-1", of_worker), ("worker-2", of_worker)):
            command = [str(SPARK_HOME / "bin/spark-class"), f"org.apache.spark.deploy.{words[0]}", *words[1:]]
            with (folder / f"{name}.log").open("wb") as log:
                started.append(
                    subprocess.Popen(command, env=env, cwd=folder, stdout=log, stderr=log, start_new_session=True)
                )
            _wait_for(folder / f"{name}.log", "New state: ALIVE" if name == "master" else "Successfully registered")
        yield f"spark://127.0.0.1:{port}"
    finally:
        for process in started:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_for(log: Path, words: str) -> None:
    until = time.monotonic() + 60
    while words not in log.read_text():
        assert time.monotonic() < until, log.read_text()[-2000:]
        time.sleep(0.2)


def executors() -> list[int]:
    """Processes of the executors that run."""
    found = subprocess.run(["pgrep", "-f", "CoarseGrainedExecutorBackend"], capture_output=True, text=True, check=False)
    return [int(pid) for pid in found.stdout.split()]
