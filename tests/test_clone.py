"""What belongs in the clone, what stays in it, and that it runs from any shell."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from jobs import scratch
from jobs.session import HOME

GENERATED = {".log", ".db", ".parquet", ".pyc", ".html", ".jsa", ".jar", ".crc", ".duckdb", ".tmp", ".lck", ".whl"}
KILLED = """
import os, signal, tempfile
from pathlib import Path
from jobs.session import Settings, spark

def where(frames):
    import numpy, tempfile
    for frame in frames:
        yield frame.assign(where=tempfile.gettempdir())[["where"]]

session = spark(Settings(landing=Path("tests")))
row = session.range(9).repartition(3).mapInPandas(where, "where string").first()
tempfile.mkstemp()
java = session._jvm.ProcessHandle.current().pid()
print(row["where"], java, flush=True)
for process in (java, os.getpid()):
    os.kill(process, signal.SIGKILL)
"""


def in_tmp() -> set[Path]:
    return {*Path("/tmp").iterdir(), *Path("/tmp").glob("hsperfdata_*/*")}


def test_a_run_from_a_bare_shell_says_nothing_and_when_killed_leaves_nothing_in_tmp(tmp_path):
    other = tmp_path / "python3"  # what Spark would start its workers with
    other.write_text("#!/bin/sh\nexit 1\n")
    other.chmod(0o755)
    java = Path(shutil.which("java") or f"{os.environ['JAVA_HOME']}/bin/java").parent
    env = {"PATH": f"{tmp_path}:{java}:/usr/bin:/bin"}
    before = in_tmp()
    done = subprocess.run([sys.executable, "-c", KILLED], env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (-signal.SIGKILL, "")
    folder, java_process = done.stdout.split()
    assert Path(folder).parent == scratch.FOLDER
    assert any(Path(folder).glob("liblz4-java-*.so")) and any(Path(folder).glob("tmp*"))
    ours = ("liblz4", "snappy", "artifacts", "spark", "blockmgr", "pyspark", "tmp", java_process)  # others use /tmp too
    assert not [path for path in in_tmp() - before if path.name.startswith(ours)]


def test_nothing_generated_is_in_the_tree():
    if not (HOME / ".git").exists():
        pytest.skip("no git checkout")

    def files(*which: str) -> list[str]:
        told = subprocess.run(["git", "ls-files", *which], cwd=HOME, capture_output=True, text=True, check=True)
        return told.stdout.splitlines()

    assert files("--cached", "--ignored", "--exclude-standard") == []
    assert [file for file in files() if Path(file).suffix in GENERATED] == []
