"""Measure the house and write ``benchmarks/RESULTS.md``: `make bench`, about ten minutes.

The nights go through Airflow, on a lake and a landing zone of their own. The reader of landing files runs beside
Spark's CSV reader on the same files, in the same session, in turns.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import expectations
from jobs import landing, ledger, listing
from jobs.session import Settings, spark

RESULTS = Path(__file__).with_name("RESULTS.md")
FEED = expectations.TABLES["bronze.store_sales"]
NIGHTS = {
    "a year of nights at once (goal: 210 s with the landing zone)": "2017-12-30",
    "one more night (goal: 75 s)": "2017-12-31",
    "the same night again (goal: 45 s)": "2017-12-31",
    "a night without deliveries (goal: 60 s)": "2018-01-01",
}


def seconds(work: Callable[[], object]) -> float:
    start = time.monotonic()
    work()
    return time.monotonic() - start


def command(env: dict[str, str], *words: str) -> Callable[[], object]:
    return lambda: subprocess.run(words, env=os.environ | env, check=True)


def nights(folder: Path) -> dict[str, float]:
    """Wall seconds of whole processes, Airflow included."""
    env = {"GUANXI_LAKE": str(folder / "lake"), "GUANXI_LANDING": str(folder / "landing")}
    sample = command(env, sys.executable, "-m", "samples.complete_journey", "--landing", env["GUANXI_LANDING"])
    found = {"building the landing zone": seconds(sample)}
    for name, night in NIGHTS.items():
        found[name] = seconds(command(env, "make", "night", f"AS_OF={night}"))
        print(f"{found[name]:6.1f} s  {name}", flush=True)
        if "year" in name:
            found["share of the gate in the year's tables, % (goal: 20)"] = gate_share(folder / "lake")
    return found


def gate_share(lake: Path) -> float:
    """Percent of the tables' seconds that they spent in the gate."""
    newest = [ledger.newest(lake, name) for name in expectations.TABLES]
    reports = [commit.report for commit in newest if commit]
    return 100 * sum(report.gate_seconds for report in reports) / sum(report.seconds for report in reports)


def readers(folder: Path, rounds: int = 3) -> dict[str, float]:
    """Medians of reading the year's sales into typed rows, ours and Spark's CSV reader in turns."""
    session = spark(Settings(landing=folder / "landing"))
    found = listing.nights(folder / "landing", FEED, date(2017, 12, 31))
    files = [listing.look(path, folder / "landing", FEED) for paths in found.values() for path in paths]
    schema = ", ".join(f"{column.name} {column.type}" for column in FEED.columns)

    def ours() -> None:
        landing.read(session, files, FEED).write.format("noop").mode("overwrite").save()

    def peer() -> None:
        reader = session.read.schema(schema).option("header", "true")
        reader.csv([str(file.path) for file in files]).write.format("noop").mode("overwrite").save()

    ours(), peer()
    pairs = [(seconds(ours), seconds(peer)) for _ in range(rounds)]
    return {
        "1.47 M landing lines, jobs/landing.py (file, line and reason of each)": statistics.median(p[0] for p in pairs),
        "the same files, Spark's CSV reader (the peer)": statistics.median(p[1] for p in pairs),
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = nights(Path(folder)) | readers(Path(folder))
    lines = "\n".join(f"| {name} | {value:.1f} |" for name, value in found.items())
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    RESULTS.write_text(
        f"# What it costs\n\nWritten by `make bench`; seconds of wall time, one run each, on {machine}. "
        f"Nights are whole `make night` runs through Airflow.\n\n| | seconds |\n|---|---|\n{lines}\n"
    )
    print(RESULTS.read_text())


if __name__ == "__main__":
    main()
