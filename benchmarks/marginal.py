"""What one more small table adds to a night: a clone with 25 copies of a customer table, and one with 5."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks import shop
from benchmarks.timing import seconds
from jobs.session import HOME

TABLE, COPIES = "customer_rfm", (5, 25)


def marginal_table(folder: Path) -> dict[str, float]:
    """Seconds of one more night with few copies and with many, and their difference for each."""
    took = {}
    for many in COPIES:
        clone = cloned(folder / f"with-{many}", many)
        landing, lake = folder / "landing", folder / f"lake-{many}"
        shop.products(landing)
        shop.sales(landing, range(100))
        run(clone, landing, lake, 98)
        took[many] = seconds(lambda clone=clone, landing=landing, lake=lake: run(clone, landing, lake, 99))  # type: ignore[misc]
    few, most = COPIES
    each = (took[most] - took[few]) / (most - few)
    return {f"a night with {n} more tables": took[n] for n in COPIES} | {"one more small table (goal: 0.8)": each}


def cloned(clone: Path, many: int) -> Path:
    for name in ("expectations", "jobs", "conf"):
        shutil.copytree(HOME / name, clone / name, ignore=shutil.ignore_patterns("__pycache__"))
    (clone / ".venv").symlink_to(HOME / ".venv")
    for n in range(many):
        for place in ("expectations", "jobs"):
            text = (clone / place / "gold" / f"{TABLE}.py").read_text()
            (clone / place / "gold" / f"{TABLE}_{n}.py").write_text(text.replace(TABLE, f"{TABLE}_{n}"))
    return clone


def run(clone: Path, landing: Path, lake: Path, n: int) -> None:
    env = os.environ | {"GUANXI_LAKE": str(lake), "GUANXI_LANDING": str(landing), "PYTHONPATH": str(clone)}
    command = [sys.executable, "-m", "jobs.run", "nightly", "--as-of", str(shop.day(n))]
    subprocess.run(command, cwd=clone, env=env, check=True, stdout=subprocess.DEVNULL)
