"""``make table NAME=gold.customer_x``: contract, job and test of a new gold table, the same name in three places."""

from __future__ import annotations

import sys
from pathlib import Path

import expectations

CONTRACT = '''"""Say in one line what {short} is."""

from expectations.contract import Column, Table
from expectations.shared import customer_id

{short} = Table(
    name="{name}",
    description="Say what a reader must know of it.",
    grain="one row per customer with at least one order by as_of",
    owner="customer-analytics",
    key=("customer_id",),
    made_from=("gold.customer_days",),
    write="snapshot",
    keep_days=400,
    columns=(
        customer_id,
        Column("orders", "long", "Orders so far.", required=True, between=(1, None)),
    ),
)
'''
JOB = '''"""``{name}``: say in one line how it is made."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F


def {short}(customer_days: DataFrame) -> DataFrame:
    """One row per customer."""
    return customer_days.groupBy("customer_id").agg(F.sum("orders").alias("orders"))
'''
TEST = """from jobs.gold.{short} import {short}


def test_every_order_counts_once(spark):
    days = spark.createDataFrame([(1, 2), (1, 1), (2, 1)], "customer_id long, orders long")
    rows = {{row.customer_id: row.orders for row in {short}(days).collect()}}
    assert rows == {{1: 3, 2: 1}}
"""


def write(name: str) -> int:
    """Write the three files; 2 if the name is none, or taken."""
    layer, _, short = name.partition(".")
    if layer != "gold" or not short.isidentifier():
        print(f"{name!r} is no name of a gold table; take one such as gold.customer_birthdays", file=sys.stderr)
        return 2
    if short in {table.short for table in expectations.TABLES.values()}:
        print(f"{short} is taken: the last part of a name is unique over all layers", file=sys.stderr)
        return 2
    files = {
        f"expectations/gold/{short}.py": CONTRACT,
        f"jobs/gold/{short}.py": JOB,
        f"tests/jobs/gold/test_{short}.py": TEST,
    }
    for file, text in files.items():
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        Path(file).write_text(text.format(name=name, short=short))
        print(f"  {file}")
    print("Then: make docs, make test.")
    return 0
