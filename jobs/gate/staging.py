"""Staging: the job's frame written once, each row with the rules that it breaks, and counted by delivery."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyspark.sql import Column as C
from pyspark.sql import DataFrame, Observation, SparkSession, Window, WindowSpec
from pyspark.sql import functions as F

import expectations
from expectations.contract import Table
from expectations.shared import REPEATED as REPEATS
from expectations.suite import CHANNEL, holds
from jobs.lake.newest import replaced
from jobs.lake.report import Counts, Delivery
from jobs.landing.batches import LINES

BROKEN, REASONS, REPEATED, AGAIN = "_broken", "_reasons", "_is_repeated", "_is_again"
OF_A_WHOLE = "another line of its order was rejected"


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
    flagged = _flagged(table, _looked_up(table, frame, known))
    if len(deliveries) > 1:
        flagged.write.parquet(str(folder))
        staged = spark.read.schema(flagged.schema).parquet(str(folder))
        return Staged(staged, count(table, staged, deliveries))
    seen = Observation()  # one delivery is counted while it is written
    flagged.observe(seen, *_sums(table)).write.parquet(str(folder))
    return Staged(
        spark.read.schema(flagged.schema).parquet(str(folder)), {d: _counts(table, seen.get) for d in deliveries}
    )


def _looked_up(table: Table, frame: DataFrame, known: dict[str, DataFrame]) -> DataFrame:
    """``frame`` with a flag for each check that names another table."""
    for check in table.checks:
        if check.references:
            column, flag = check.references[0], check.reference_flag
            here = F.broadcast(known[flag].select(F.col("value").alias(flag)).distinct())
            frame = frame.join(here, frame[column] == here[flag], "left").withColumn(
                flag, F.col(column).isNull() | F.col(flag).isNotNull()
            )
    return frame


def _flagged(table: Table, frame: DataFrame) -> DataFrame:
    """Each row with the rules that it breaks, why it is rejected, and its place among the rows of its key."""
    flags = [F.when(~holds(rule.sql), rule.name) for rule in table.rules]
    nothing = F.array().cast("array<string>")
    rejecting = F.array(*(F.lit(rule.name) for rule in table.rules if rule.rejects)).cast("array<string>")
    frame = frame.withColumn(BROKEN, F.array_compact(F.array(*flags)) if flags else nothing)
    frame = frame.withColumn(REASONS, F.array_intersect(BROKEN, rejecting))
    if table.layer == "bronze":
        return frame.withColumns({REPEATED: F.col("why").eqNullSafe(REPEATS), AGAIN: F.lit(False)})
    if table.write != "delivery":
        return frame.withColumns({REPEATED: F.lit(False), AGAIN: F.lit(False)})
    wholes = [feed for feed in expectations.feeds(table) if feed.whole and table.whole]
    if wholes:
        of_order = Window.partitionBy("delivered_on", *_feed(table), *table.whole)
        is_one_bad = F.max(F.size(REASONS) > 0).over(of_order) & _of(wholes)
        of_others = F.when(is_one_bad & (F.size(REASONS) == 0), F.array(F.lit(OF_A_WHOLE))).otherwise(F.col(REASONS))
        frame = frame.withColumn(REASONS, of_others)
    return frame.withColumns(_places(table, wholes))


def _places(table: Table, wholes: list[Table]) -> dict[str, C]:
    """A row's place among the good rows of its key: in one night the last by file and line stays, the others repeat
    it; where another night has its key, or more of its order, too, the newest must be looked for when it is read."""
    same = Window.partitionBy(*table.key, *_feed(table), is_rejected())
    newest_first = same.orderBy(F.desc("delivered_on"), F.desc("file"), F.desc("line"), F.desc("item"))
    is_repeated = F.lag("delivered_on").over(newest_first).eqNullSafe(F.col("delivered_on"))
    is_again = _is_in_other_nights(same)
    if wholes:
        of_order = Window.partitionBy(*replaced(table, wholes[0]), *_feed(table), is_rejected())
        is_again = is_again | (_of(wholes) & _is_in_other_nights(of_order))
    return {REPEATED: ~is_rejected() & is_repeated, AGAIN: ~is_rejected() & is_again}


def _is_in_other_nights(same: WindowSpec) -> C:
    return F.min("delivered_on").over(same) < F.max("delivered_on").over(same)


def _feed(table: Table) -> list[C]:
    """What tells the feeds of a table apart: two shops' rows never replace each other."""
    return [F.substring_index("file", "/", 2)] * (len(expectations.feeds(table)) > 1)


def _of(feeds: list[Table]) -> C:
    """The row came from one of ``feeds``."""
    return F.substring_index("file", "/", 2).isin([feed.folder for feed in feeds])


def is_rejected() -> C:
    """The row breaks a rule that rejects, or one of its order does. (Bronze keeps such a line too.)"""
    return F.size(REASONS) > 0


def count(table: Table, staged: DataFrame, deliveries: Iterable[Delivery]) -> dict[Delivery, Counts]:
    """Counts by delivery, in one pass over staging."""
    counts = {delivery: Counts() for delivery in deliveries}
    found = staged.groupBy(F.col("delivered_on").alias("night"), F.expr(CHANNEL).alias("channel"))
    for row in found.agg(*_sums(table)).collect():
        counts[Delivery(row["night"], row["channel"])] = _counts(table, row.asDict())
    return counts


def _sums(table: Table) -> list[C]:
    """What is counted: delivered, rejected and repeated rows, and rows that break each rule and dimension."""
    sums = {"delivered": F.count("*"), "rejected": F.count_if(is_rejected()), "repeated": F.count_if(REPEATED)}
    sums |= {"flawed": F.count_if(F.size(BROKEN) > 0), "again": F.count_if(AGAIN)}
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
    whole = {name: found[name] for name in ("delivered", "rejected", "repeated", "flawed", "again", "lines")}
    return Counts(**whole, broken=broken, failing=failing)
