"""Staging: the job's frame written once, each row with the rules that it breaks, and counted by delivery."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from pyspark.sql import Column as C
from pyspark.sql import DataFrame, Observation, SparkSession
from pyspark.sql import functions as F

from expectations.contract import PART, Table
from expectations.suite import CHANNEL
from jobs.gate import flags
from jobs.gate.flags import AGAIN, BROKEN, REPEATED, is_rejected, is_there
from jobs.lake.report import Counts, Delivery
from jobs.landing.batches import LINES


@dataclass(frozen=True)
class Staged:
    """A staged frame, and what was counted in it."""

    frame: DataFrame
    counts: dict[Delivery, Counts]


def stage(
    spark: SparkSession,
    table: Table,
    frame: DataFrame,
    known: dict[str, DataFrame],
    folder: Path,
    deliveries: set[Delivery],
) -> Staged:
    """Write the job's frame once, each row with the names of the rules that it breaks, and count.

    ``known``: for each check that names another table, the values that the other table knows, one column ``value``.
    """
    flagged = flags.flagged(table, frame, known)
    if len(deliveries) > 1:
        flagged.write.parquet(str(folder))
        staged = spark.read.schema(flagged.schema).parquet(str(folder))
        return Staged(staged, count(table, staged, deliveries))
    seen = Observation()  # one delivery is counted while it is written
    flagged.observe(seen, *_sums(table)).write.parquet(str(folder))
    return Staged(
        spark.read.schema(flagged.schema).parquet(str(folder)), {d: _counts(table, seen.get) for d in deliveries}
    )


def count(table: Table, staged: DataFrame, deliveries: Iterable[Delivery]) -> dict[Delivery, Counts]:
    """Counts by delivery, in one pass over staging."""
    counts = {delivery: Counts() for delivery in deliveries}
    found = staged.groupBy(F.col("delivered_on").alias("night"), F.expr(CHANNEL).alias("channel"))
    for row in found.agg(*_sums(table)).collect():
        counts[Delivery(row["night"], row["channel"])] = _counts(table, row.asDict())
    return counts


def _sums(table: Table) -> list[C]:
    """What is counted: delivered, rejected and repeated rows, and rows that break each rule and dimension."""
    there = is_there(table)
    sums = {
        "came": F.count_if(F.abs(PART.name) == 1) if PART in table.stored else F.count("*"),
        "delivered": F.count_if(there),
        "left_out": F.count_if(~there),
        "rejected": F.count_if(there & is_rejected()),
        "repeated": F.count_if(there & F.col(REPEATED)),
        "flawed": F.count_if(F.size(BROKEN) > 0),
        "again": F.count_if(AGAIN),
    }
    sums["lines"] = F.coalesce(F.sum(LINES.name), F.lit(0)) if table.layer == "bronze" else F.lit(0)
    sums |= {f"rule {n}": F.count_if(F.array_contains(BROKEN, rule.name)) for n, rule in enumerate(table.rules)}
    for dimension in _dimensions(table):
        names = F.array(*(F.lit(rule.name) for rule in table.rules if rule.dimension == dimension))
        sums[dimension] = F.count_if(F.arrays_overlap(BROKEN, names))
    return [value.alias(name) for name, value in sums.items()]


def _dimensions(table: Table) -> list[str]:
    return sorted({rule.dimension for rule in table.rules})


def _counts(table: Table, found: Mapping[str, int]) -> Counts:
    broken = {rule.name: found[f"rule {n}"] for n, rule in enumerate(table.rules) if found[f"rule {n}"]}
    failing: dict[str, int] = {dimension: found[dimension] for dimension in _dimensions(table) if found[dimension]}
    whole = {field.name: found[field.name] for field in fields(Counts) if field.type == "int"}
    return Counts(**whole, broken=broken, failing=failing)
