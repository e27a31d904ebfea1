"""A till of 20,000 customers, generated: every day is like every other, so that only the history behind it differs.

Customers come on a day of their own, buy at a rate of their own (gamma) and leave for good (exponential).
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv

from jobs.session import HOME

CUSTOMERS, STORES, PRODUCTS = 20_000, 50, 2_000
ORDERS, LINES = 500, 3  # of a day, of an order
FIRST = date(2014, 1, 1)
RATES = np.random.default_rng(1).gamma(0.7, size=CUSTOMERS)
COMES = np.random.default_rng(2).integers(-1200, 1700, CUSTOMERS)
LEAVES = COMES + np.random.default_rng(3).exponential(300, CUSTOMERS)
DEPARTMENTS = ("GROCERY", "MEAT", "PRODUCE", "DELI", "DRUG")


def day(n: int) -> date:
    return FIRST + timedelta(days=n)


def products(landing: Path) -> None:
    head = "product_id,manufacturer_id,department,brand,product_category,product_type,package_size"
    rows = [f"{n},1,{DEPARTMENTS[n % 5]},{('National', 'Private')[n % 7 == 0]},C,T,1 LB" for n in range(PRODUCTS)]
    _folder(landing, "products", 0).joinpath("part.csv").write_text("\n".join([head, *rows]) + "\n")


def sales(landing: Path, days: Iterable[int], orders: int = ORDERS) -> None:
    """``orders`` of ``LINES`` each, for every one of ``days``."""
    for n in days:
        draw = np.random.default_rng(n)
        of_order = np.arange(orders * LINES) // LINES
        rates = RATES * ((n >= COMES) & (n < LEAVES))
        who = 1 + draw.choice(CUSTOMERS, orders, p=rates / rates.sum())
        store = draw.integers(1, STORES, orders)
        at, size = (
            np.char.add(f"{day(n)}T", draw.choice(["14:10:00Z", "18:20:00Z", "22:30:00Z"], orders)),
            len(of_order),
        )
        columns = {
            "card_id": who[of_order],
            "store_id": store[of_order],
            "basket_id": n * 1_000_000 + of_order,
            "product_id": (draw.integers(0, PRODUCTS, orders)[of_order] + 7 * (np.arange(size) % LINES)) % PRODUCTS,
            "quantity": draw.integers(1, 4, size),
            "sales_value": draw.integers(50, 2000, size) / 100,
            "retail_disc": draw.integers(0, 50, size) / 100,
            "coupon_disc": np.zeros(size),
            "coupon_match_disc": np.zeros(size),
            "week": np.full(size, 1 + n // 7 % 53),
            "transaction_timestamp": at[of_order],
            "payment_card": np.full(size, ""),
        }
        options = csv.WriteOptions(quoting_style="none")
        csv.write_csv(pa.table(columns), str(_folder(landing, "sales", n) / "part.csv"), options)


def night(landing: Path, lake: Path, n: int, clone: Path = HOME) -> float:
    """The ``n``-th day's run of a clone, as a process of its own; the MB of memory that its Python took at most."""
    env = os.environ | {"GUANXI_LAKE": str(lake), "GUANXI_LANDING": str(landing), "PYTHONPATH": str(clone)}
    command = [sys.executable, "-m", "jobs.run", "nightly", "--as-of", str(day(n))]
    process = subprocess.Popen(command, cwd=clone, env=env, stdout=subprocess.DEVNULL)
    _, code, used = os.wait4(process.pid, 0)
    if code:
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(code), command)
    return used.ru_maxrss / 1024


def _folder(landing: Path, feed: str, n: int) -> Path:
    folder = landing / "store" / feed / str(day(n))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
