"""What a night costs as history grows: the same night after 100, 400 and 1,600 days, and beside it a DuckDB script that
makes the same tables from all lines; and what a full load costs as the rows grow."""

from __future__ import annotations

import math
import shutil
import time
from functools import partial
from pathlib import Path

import duckdb

from benchmarks import shop
from benchmarks.timing import seconds
from jobs.lake import views

DAYS = (100, 400, 1600)
TIMES = (1, 2, 4, 8)
OF_A_DAY = shop.ORDERS * shop.LINES
SCRIPT = Path(__file__).with_name("script.sql")


def one_night(folder: Path) -> dict[str, float]:
    """Seconds of one more night of 1,500 lines, as a process of its own (the quicker of two), and of the script."""
    found, ours, theirs = dict[str, float](), [], []
    for days in DAYS:
        root = folder / f"after-{days}"
        landing, lake = root / "landing", root / "lake"
        shop.products(landing)
        shop.sales(landing, range(days))
        shop.night(landing, lake, days - 1)
        script(root, days - 1, "*")
        shop.sales(landing, [days])
        shutil.copytree(lake, root / "again")
        ours.append(min(seconds(partial(shop.night, landing, of, days)) for of in (lake, root / "again")))
        theirs.append(seconds(partial(script, root, days)))
        same(root)
        lines = days * OF_A_DAY
        found[f"one more night after {days} days, {lines:,} lines"] = ours[-1]
        found[f"the same tables from all lines, a DuckDB script ({days} days)"] = theirs[-1]
    found["a night after 16 times the history, times as long (goal: 1.3)"] = ours[-1] / ours[0]
    slope = (theirs[-1] - theirs[0]) / ((DAYS[-1] - DAYS[0]) * OF_A_DAY)
    found["the script takes as long as our night from about so many million lines"] = (ours[-1] / slope) / 1e6
    return found


def script(root: Path, n: int, nights: str = "") -> None:
    """The peer's night, the ``n``-th day; ``nights``: a pattern, where it reads more than that day's file."""
    told = SCRIPT.read_text().replace("{landing}", str(root / "landing")).replace("{as_of}", str(shop.day(n)))
    with duckdb.connect(str(root / "script.duckdb")) as db:
        db.execute(told.replace("{night}", nights or str(shop.day(n))))


def same(root: Path) -> None:
    """Both made the same: sales and customers, by tier."""
    query = "select tier, count(*), sum(spend)::decimal(18, 2) from {} group by all order by all"
    with views.connect(root / "lake") as ours, duckdb.connect(str(root / "script.duckdb"), read_only=True) as theirs:
        here = ours.sql(query.format("gold.customer_rfm")).fetchall()
        there = theirs.sql(query.format("customer_rfm")).fetchall()
    assert here == there, (here, there)


def growth(folder: Path) -> dict[str, float]:
    """Seconds of a full load of 60 days at 1, 2, 4 and 8 times the rows, the slope on log scales beyond what a load of
    next to nothing costs, and the driver's memory in Python: what it collects would show there."""
    took, memory = dict[int, float](), dict[int, float]()
    for times in (0, *TIMES):
        landing, lake = (folder / f"times-{times}" / name for name in ("landing", "lake"))
        shop.products(landing)
        shop.sales(landing, range(60), shop.ORDERS * times or 10)
        start = time.monotonic()
        memory[times] = shop.night(landing, lake, 59)
        took[times] = time.monotonic() - start
    beyond = {times: took[times] - took[0] for times in TIMES}
    slope = math.log(beyond[TIMES[-1]] / beyond[TIMES[0]]) / math.log(TIMES[-1] / TIMES[0])
    lines = {times: f"a full load of {60 * OF_A_DAY * times:,} lines" for times in TIMES}
    return {
        "a full load of next to nothing": took[0],
        **{told: took[times] for times, told in lines.items()},
        "slope on log scales beyond that (goal: 1.0)": slope,
        **{f"{lines[times]}: the driver's Python, MB": memory[times] for times in (TIMES[0], TIMES[-1])},
    }
