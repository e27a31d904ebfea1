"""Five questions of an analyst, asked of DuckDB's views on a lake of ten million order lines."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from datetime import date
from pathlib import Path

from pyspark.sql import functions as F

import expectations
from benchmarks.timing import seconds
from jobs.lake import delta, files, ledger, publishing, views
from jobs.session import Settings, spark

COPIES = 7  # of the year: 10.3 million lines
AS_OF = date(2017, 12, 31)
QUESTIONS = {
    "sales of a store by month and department": """
        select date_trunc('month', ordered_on) as month, department, sum(sales) from gold.sales_daily
        where store_id = 'store:367' group by all order by all""",
    "the ten departments that grew most, this quarter on the last": """
        select department, sum(sales) filter (ordered_on >= date '2017-10-01')
            - sum(sales) filter (ordered_on < date '2017-10-01') as growth
        from gold.sales_daily where ordered_on >= date '2017-07-01' group by all order by growth desc limit 10""",
    "customers, spend and lifetime value by segment and tier": """
        select segment_name, tier, count(*), sum(spend), avg(lifetime_value) from gold.customer_360 group by all""",
    "the ten products that sold best in the last four weeks": """
        select product_id, sum(sales) as sales from silver.order_lines where ordered_on > date '2017-12-03'
        group by all order by sales desc limit 10""",
    "all that one customer bought": """
        select ordered_on, product_id, quantity, sales from silver.order_lines
        where account_id = 'card:1500' order by ordered_on""",
}


def multiply(root: Path) -> int:
    """``COPIES`` of each customer and order of a lake, and gold made from them; the order lines there are then."""
    session = spark(Settings(lake=root))
    for name in ("silver.order_lines", "silver.orders", "silver.members"):
        table, commit = expectations.TABLES[name], ledger.newest(root, name)
        assert commit is not None
        copies = F.explode(F.sequence(F.lit(0), F.lit(COPIES - 1))).alias("copy")
        rows = session.read.format("delta").load(str(ledger.path(root, name))).select("*", copies)
        for column in {"account_id", "order_id"}.intersection(rows.columns):
            rows = rows.withColumn(column, F.concat_ws("-", column, F.nullif("copy", F.lit(0))))
        folder, deliveries = root / ".staging" / name, set(commit.made)
        files.write(table, rows.withColumn(files.GOES, F.lit(files.PUBLISHED)), folder, AS_OF)
        note = ledger.note(root, commit.made, commit.shape, commit.report)
        publishing.publish(session, root, table, folder, deliveries, deliveries, note)
    many = delta.read(session, root, expectations.TABLES["silver.order_lines"], AS_OF).count()
    env = os.environ | {"GUANXI_LAKE": str(root)}
    command = [sys.executable, "-m", "jobs.run", "silver.customers", "gold", "--as-of", AS_OF.isoformat(), "--full"]
    subprocess.run(command, env=env, check=True)
    return many


def questions(root: Path) -> dict[str, float]:
    """Milliseconds of each question, the median of nine after one to warm up."""
    lines, db = multiply(root), views.connect(root)
    found = {"order lines in the lake": float(lines)}
    for name, question in QUESTIONS.items():
        db.sql(question).fetchall()
        times = [1000 * seconds(lambda question=question: db.sql(question).fetchall()) for _ in range(9)]  # type: ignore[misc]
        found[f"{name}, ms (goal: 100)"] = statistics.median(times)
    return found
