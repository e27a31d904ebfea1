"""What is said of each row of a job's frame: the rules that it breaks; is it rejected, repeated, in other nights."""

from __future__ import annotations

from pyspark.sql import Column as C
from pyspark.sql import DataFrame, Window, WindowSpec
from pyspark.sql import functions as F

import expectations
from expectations.contract import IS_THERE, PART, Table
from expectations.shared import REPEATED as REPEATS
from expectations.suite import holds
from jobs.lake.newest import replaced

BROKEN, REASONS, REPEATED, AGAIN = "_broken", "_reasons", "_is_repeated", "_is_again"
OF_A_WHOLE = "another line of its order was rejected"


def flagged(table: Table, frame: DataFrame, known: dict[str, DataFrame]) -> DataFrame:
    """Each row with the rules that it breaks, why it is rejected, and its place among the rows of its key.

    ``known``: for each check that names another table, the values that the other table knows, one column ``value``.
    """
    frame = _looked_up(table, frame, known)
    flags = [F.when(~holds(rule.sql) & is_there(table), rule.name) for rule in table.rules]
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


def _places(table: Table, wholes: list[Table]) -> dict[str, C]:
    """A row's place among the good rows of its key: in one night the last by file and line stays (where many make one
    on purpose, the last that is there), the others repeat it; where another night has its key, or more of its order,
    too, the newest must be looked for when it is read."""
    same = Window.partitionBy(*table.key, *_feed(table), is_rejected())
    place = [F.desc(name) for name in ("file", "line", "item", PART.name)]
    newest_first = same.orderBy(F.desc("delivered_on"), *[F.expr(IS_THERE).desc()] * table.repeats, *place)
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


def is_there(table: Table) -> C:
    """The row counts: it is none that its channel left out."""
    return F.expr(IS_THERE) if PART in table.stored else F.lit(True)


def is_rejected() -> C:
    """The row breaks a rule that rejects, or one of its order does. (Bronze keeps such a line too.)"""
    return F.size(REASONS) > 0
