"""What a night costs: whole `make night` runs through Airflow, on a lake and a landing zone of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import expectations
from benchmarks.timing import seconds
from jobs.lake import ledger

NIGHTS = {
    "a year of nights at once, models trained (goal: 190 s)": "2017-12-30",
    "one more night (goal: 45 s)": "2017-12-31",
    "the same night again (goal: 11 s)": "2017-12-31",
    "a night without deliveries (goal: 36 s)": "2018-01-01",
}


def command(env: dict[str, str], *words: str) -> Callable[[], object]:
    return lambda: subprocess.run(words, env=os.environ | env, check=True)


def nights(folder: Path) -> dict[str, float]:
    """Wall seconds of whole processes, Airflow included."""
    env = {"GUANXI_LAKE": str(folder / "lake"), "GUANXI_LANDING": str(folder / "landing")}
    sample = command(env, sys.executable, "-m", "samples.complete_journey", "--landing", env["GUANXI_LANDING"])
    found = {"building the landing zone": seconds(sample)}
    for name, night in NIGHTS.items():
        found[name] = seconds(command(env, "make", "night", f"AS_OF={night}", f"AIRFLOW_HOME={folder / 'airflow'}"))
        print(f"{found[name]:6.1f} s  {name}", flush=True)
        if "year" in name:
            found["share of the gate in the year's tables, % (goal: 20)"] = gate_share(folder / "lake")
    return found


def gate_share(lake: Path) -> float:
    """Percent of the tables' seconds that they spent in the gate."""
    newest = [ledger.newest(lake, name) for name in expectations.TABLES]
    reports = [commit.report for commit in newest if commit]
    return 100 * sum(report.gate_seconds for report in reports) / sum(report.seconds for report in reports)
