"""Contract -> gate: flag rows, stage them once, count them by night, run the suite, split, publish or stop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pyspark.sql import Column as C
from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as F

from expectations.contract import Table
from expectations.suite import holds, is_within, suite
from jobs.gate import Gate, Verdict
from jobs.ledger import Counts

BROKEN, REPEATED, OLDER = "_broken", "_is_repeated", "_is_older"


class GateError(Exception):
    """The gate contradicts itself: a rule's flag and its expectation do not agree."""


@dataclass(frozen=True)
class Judged:
    """A staged frame and what was found: counts by night and channel, and the nights that must not be published."""

    staged: DataFrame
    counts: dict[date, dict[str, Counts]]
    stopped: dict[date, str]
    page: Path


def stage(spark: SparkSession, table: Table, frame: DataFrame, known: dict[str, DataFrame], folder: Path) -> DataFrame:
    """Write the job's frame once, each row with the names of the rules that it breaks.

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
    flagged.write.parquet(str(folder))
    return spark.read.schema(flagged.schema).parquet(str(folder))


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


def judge(
    table: Table, staged: DataFrame, nights: set[date], totals: dict[str, str], gate: Gate, at: datetime
) -> Judged:
    """Count by night, ask Great Expectations, and name the nights that stop."""
    counts = count(table, staged, nights)
    verdict = gate.validate(suite(table, totals), staged, max(nights), at)
    if not verdict.raised:
        _agree(table, counts, verdict)
    stopped = {night: why for night, by in counts.items() if (why := _over(table, list(by.values())))}
    of_rows = {rule.name for rule in table.rules}
    whole = [f"{name} could not be evaluated" for name in verdict.raised]
    whole += [f"not so: {name}" for name, held in verdict.holds.items() if not held and name not in of_rows]
    if whole:
        stopped = {night: "; ".join(whole) for night in nights}
    return Judged(staged, counts, stopped, verdict.page)


def count(table: Table, staged: DataFrame, nights: set[date]) -> dict[date, dict[str, Counts]]:
    """Delivered, rejected and repeated rows, and rows that break each rule and dimension, by night and channel."""
    by_channel = any(column.name == "channel" for column in table.columns)
    night = F.col("delivered_on") if table.write == "delivery" else F.lit(max(nights))
    channel = F.col("channel") if by_channel else F.lit(table.channel)
    rejected, dimensions = is_rejected(table), sorted({rule.dimension for rule in table.rules})
    sums = {"delivered": F.count("*"), "rejected": F.count_if(rejected), "repeated": F.count_if(REPEATED)}
    sums |= {"flawed": F.count_if(F.size(BROKEN) > 0), "older": F.count_if(OLDER)}
    sums |= {f"rule {n}": F.count_if(F.array_contains(BROKEN, rule.name)) for n, rule in enumerate(table.rules)}
    for dimension in dimensions:
        names = F.array(*(F.lit(rule.name) for rule in table.rules if rule.dimension == dimension))
        sums[dimension] = F.count_if(F.arrays_overlap(BROKEN, names))
    found = staged.groupBy(night.alias("night"), channel.alias("channel"))
    counts: dict[date, dict[str, Counts]] = {day: {} for day in nights}
    for row in found.agg(*(value.alias(name) for name, value in sums.items())).collect():
        broken = {rule.name: row[f"rule {n}"] for n, rule in enumerate(table.rules) if row[f"rule {n}"]}
        failing: dict[str, int] = {dimension: row[dimension] for dimension in dimensions if row[dimension]}
        numbers = (row["delivered"], row["rejected"], row["repeated"], row["flawed"], row["older"])
        counts[row["night"]][row["channel"] or ""] = Counts(*numbers, broken, failing)
    return counts


def _over(table: Table, of_night: list[Counts]) -> str:
    """Why a night stops: the rules that more of its rows break than the contract allows."""
    rows = sum(counts.delivered for counts in of_night)
    why = []
    for rule in table.rules:
        bad = sum(counts.broken.get(rule.name, 0) for counts in of_night)
        if rule.can_stop and not is_within(bad, rows, rule.bar):
            why.append(f"{bad:,} of {rows:,} rows break: {rule.name} (allowed: {rule.bar:.1%})")
    return "; ".join(why)


def _agree(table: Table, counts: dict[date, dict[str, Counts]], verdict: Verdict) -> None:
    every = [counts for by in counts.values() for counts in by.values()]
    rows = sum(counts.delivered for counts in every)
    for rule in table.rules:
        bad = sum(counts.broken.get(rule.name, 0) for counts in every)
        if is_within(bad, rows, rule.bar) != verdict.holds[rule.name]:
            raise GateError(f"{table.name}: flag and expectation do not agree on: {rule.name}")
