"""Staging: the job's frame as files of its table that nobody sees yet, and counted by delivery."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

import pyarrow.parquet as pq
from pyspark.sql import Column as C
from pyspark.sql import DataFrame, Observation, SparkSession
from pyspark.sql import functions as F

from expectations.contract import FLAWS, LINES, PART, Table
from expectations.suite import CHANNEL
from jobs.gate import company, flags
from jobs.gate.flags import there
from jobs.lake import files
from jobs.lake.files import GOES, REJECTED, REPEATED
from jobs.lake.report import Counts, Delivery
from jobs.lake.sql import quoted_for_spark


@dataclass
class Staged:
    """Staged rows, where they lie, and what was counted in them."""

    folder: Path
    counts: dict[Delivery, Counts]
    judged: Callable[[], DataFrame]

    @cached_property
    def rows(self) -> int:
        """Rows in the files, as their footers say."""
        return sum(pq.read_metadata(file).num_rows for file in files.paths(self.folder))

    @property
    def counted(self) -> int:
        return sum(of.delivered + of.left_out for of in self.counts.values())

    @cached_property
    def frame(self) -> DataFrame:
        """The rows with all their flaws."""
        return self.judged()


def stage(
    spark: SparkSession,
    table: Table,
    frame: DataFrame,
    known: dict[str, DataFrame],
    folder: Path,
    deliveries: set[Delivery],
) -> Staged:
    """Write the job's frame once, into ``folder``, and count: one delivery while it is written, many afterwards.

    ``known``: for each check that names another table, the values that the other table knows, one column ``value``.
    """
    nights = len({delivery.night for delivery in deliveries})
    rows, seen = flags.flagged(table, frame, known, nights), Observation()
    is_one = len(deliveries) == 1
    rows, is_silver = rows.observe(seen, *_sums(table)) if is_one else rows, FLAWS in table.stored
    rows = rows.withColumn(FLAWS.name, flags.own(table)) if is_silver else rows
    files.write(table, rows, folder, max(deliveries).night)
    is_settled = is_silver and not table.repeats and company.settle(spark, table, folder, nights)
    judge = flags.with_others if is_silver else flags.flagged
    staged = Staged(folder, {}, lambda: judge(table, files.unseen(spark, table, folder), known))
    if is_one and not is_settled:
        staged.counts |= {delivery: _counts(table, seen.get) for delivery in deliveries}
    if not staged.counts or staged.rows != staged.counted:  # what a lost executor had counted is counted again
        staged.counts |= count(table, staged.frame, deliveries)
    return staged


def count(table: Table, staged: DataFrame, deliveries: Iterable[Delivery]) -> dict[Delivery, Counts]:
    """Counts by delivery, in one pass over staging."""
    counts = {delivery: Counts() for delivery in deliveries}
    if len(counts) == 1:
        [of_all] = staged.agg(*_sums(table)).collect()
        return dict.fromkeys(counts, _counts(table, of_all.asDict()))
    found = staged.groupBy(F.col("delivered_on").alias("night"), F.expr(CHANNEL).alias("channel"))
    for row in found.agg(*_sums(table)).collect():
        counts[Delivery(row["night"], row["channel"])] = _counts(table, row.asDict())
    return counts


def _sums(table: Table) -> list[C]:
    """What is counted: delivered, rejected and repeated rows, and rows that break each rule and dimension."""
    is_there = there(table)
    sums = {
        "came": f"count_if(abs({PART.name}) <= 1)" if PART in table.stored else "count(*)",
        "delivered": f"count_if({is_there})",
        "left_out": f"count_if(not ({is_there}))",
        "rejected": f"count_if({is_there} and {GOES} = '{REJECTED}')",
        "repeated": f"count_if({is_there} and {GOES} = '{REPEATED}')",
        "flawed": f"count_if({_breaks([rule.name for rule in table.rules])})",
        "lines": f"coalesce(sum({LINES.name}), 0)" if LINES in table.stored else "0",
    }
    sums |= {f"rule {n}": f"count_if({_breaks([rule.name])})" for n, rule in enumerate(table.rules)}
    for dimension in _dimensions(table):
        names = [rule.name for rule in table.rules if rule.dimension == dimension]
        sums[dimension] = f"count_if({_breaks(names)})"
    return [F.expr(f"{sql} as `{name}`") for name, sql in sums.items()]


def _breaks(rules: list[str]) -> str:
    names = ", ".join(map(quoted_for_spark, rules))
    return f"size({FLAWS.name}) > 0 and arrays_overlap({FLAWS.name}, cast(array({names}) as array<string>))"


def _dimensions(table: Table) -> list[str]:
    return sorted({rule.dimension for rule in table.rules})


def _counts(table: Table, found: Mapping[str, int]) -> Counts:
    broken = {rule.name: found[f"rule {n}"] for n, rule in enumerate(table.rules) if found[f"rule {n}"]}
    failing: dict[str, int] = {dimension: found[dimension] for dimension in _dimensions(table) if found[dimension]}
    whole = {field.name: found[field.name] for field in fields(Counts) if field.type == "int"}
    return Counts(**whole, broken=broken, failing=failing)
