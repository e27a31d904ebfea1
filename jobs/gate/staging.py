"""Staging: the job's frame written once, each row with the rules that it breaks, and counted by night."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pyspark.sql import Column as C
from pyspark.sql import DataFrame, Observation, SparkSession, Window
from pyspark.sql import functions as F

import expectations
from expectations.contract import Table
from expectations.suite import holds
from jobs.lake.report import Counts

BROKEN, REPEATED, OLDER, LINES = "_broken", "_is_repeated", "_is_older", "_lines"


@dataclass(frozen=True)
class Staged:
    """A staged frame, and what was counted in it: night -> channel -> Counts."""

    frame: DataFrame
    counts: dict[date, dict[str, Counts]]


def stage(
    spark: SparkSession, table: Table, frame: DataFrame, known: dict[str, DataFrame], folder: Path, nights: set[date]
) -> Staged:
    """Write the job's frame once, each row with the names of the rules that it breaks, and count.

    ``known``: for each check that names another table, the values that the other table knows, one column ``value``.
    """
    for flag, values in known.items():
        here = F.broadcast(values.select(F.col("value").alias(flag)).distinct())
        column = next(
            check.references[0] for check in table.checks if check.references and check.reference_flag == flag
        )
        frame = frame.join(here, frame[column] == here[flag], "left").withColumn(flag, F.col(flag).isNotNull())
    flags = [F.when(~holds(rule.sql), rule.name) for rule in table.rules]
    nothing = F.array().cast("array<string>")
    frame = frame.withColumn(BROKEN, F.array_compact(F.array(*flags)) if flags else nothing)
    flagged = frame.withColumns(_places(table))
    channels = {feed.channel for feed in expectations.feeds(table)} if _has_channel(table) else {table.channel}
    if len(nights) > 1 or len(channels) > 1:
        flagged.write.parquet(str(folder))
        staged = spark.read.schema(flagged.schema).parquet(str(folder))
        return Staged(staged, count(table, staged, nights))
    seen = Observation()  # one night of one channel is counted while it is written
    flagged.observe(seen, *_sums(table)).write.parquet(str(folder))
    counts = _counts(table, seen.get)
    by_channel = {channels.pop(): counts} if counts.delivered else {}
    return Staged(spark.read.schema(flagged.schema).parquet(str(folder)), {max(nights): by_channel})


def _places(table: Table) -> dict[str, C]:
    """A row's place among the good rows of its key: in one night the last by file and line stays, the others repeat
    it; a row of an earlier night than another's is an older version, kept, and read no more."""
    if table.write != "delivery" or table.layer == "bronze":
        return {REPEATED: F.lit(False), OLDER: F.lit(False)}
    same = Window.partitionBy(*table.key, is_rejected(table))
    newest_first = same.orderBy(F.desc("delivered_on"), F.desc("file"), F.desc("line"))
    later = F.lag("delivered_on").over(newest_first)
    good = ~is_rejected(table)
    return {
        REPEATED: good & F.coalesce(later == F.col("delivered_on"), F.lit(False)),
        OLDER: good & F.coalesce(later > F.col("delivered_on"), F.lit(False)),
    }


def reasons(table: Table) -> C:
    """The rules that a row breaks and that reject it; a warning keeps the row."""
    names = F.array(*(F.lit(rule.name) for rule in table.rules if rule.can_stop)).cast("array<string>")
    return F.array_intersect(BROKEN, names)


def is_rejected(table: Table) -> C:
    """The row breaks a rule that rejects. (Bronze keeps such a line too, with ``why``.)"""
    return F.size(reasons(table)) > 0


def count(table: Table, staged: DataFrame, nights: set[date]) -> dict[date, dict[str, Counts]]:
    """Counts by night and channel, in one pass over staging."""
    channel = F.col("channel") if _has_channel(table) else F.lit(table.channel)
    found = staged.groupBy(F.col("delivered_on").alias("night"), channel.alias("channel"))
    counts: dict[date, dict[str, Counts]] = {day: {} for day in nights}
    for row in found.agg(*_sums(table)).collect():
        counts[row["night"]][row["channel"] or ""] = _counts(table, row.asDict())
    return counts


def _has_channel(table: Table) -> bool:
    """The table tells apart who delivered."""
    return table.write == "delivery" and any(column.name == "channel" for column in table.columns)


def _sums(table: Table) -> list[C]:
    """What is counted: delivered, rejected and repeated rows, and rows that break each rule and dimension."""
    sums = {"delivered": F.count("*"), "rejected": F.count_if(is_rejected(table)), "repeated": F.count_if(REPEATED)}
    sums |= {"flawed": F.count_if(F.size(BROKEN) > 0), "older": F.count_if(OLDER)}
    sums["lines"] = F.coalesce(F.sum(LINES), F.lit(0)) if table.layer == "bronze" else F.lit(0)
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
    whole = {name: found[name] for name in ("delivered", "rejected", "repeated", "flawed", "older", "lines")}
    return Counts(**whole, broken=broken, failing=failing)
