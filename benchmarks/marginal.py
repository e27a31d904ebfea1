"""What one more small table adds to a night: a clone with 25 copies of a customer table, and one with 5."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

from benchmarks import shop
from benchmarks.timing import seconds
from jobs.session import HOME

TABLE, COPIES = "customer_rfm", (5, 25)


def marginal_table(folder: Path) -> dict[str, float]:
    """Seconds of one more night with few copies and with many, and their difference for each."""
    took, landing = {}, folder / "landing"
    shop.products(landing)
    shop.sales(landing, range(100))
    for many in COPIES:
        clone, lake = cloned(folder / f"with-{many}", many), folder / f"lake-{many}"
        shop.night(landing, lake, 98, clone)
        took[many] = seconds(partial(shop.night, landing, lake, 99, clone))
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
