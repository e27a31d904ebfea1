"""What is said of each row of a job's frame: the rules that it breaks, that it repeats another, what replaces it."""

from __future__ import annotations

from pyspark.sql import Column as C
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

import expectations
from expectations.contract import FLAWS, IS_THERE, PART, SUPERSEDED_ON, Check, Table
from expectations.rules import Rule
from expectations.shared import REPEATED as REPEATS
from expectations.shared import SUPERSEDED
from expectations.suite import is_broken
from jobs.lake.files import GOES, PUBLISHED, REJECTED, REPEATED
from jobs.lake.sql import quoted_for_spark
from jobs.lake.superseded import feed_of, is_of, next_night

OF_A_WHOLE = "another line of its order was rejected"
IS_BAD = "_is_bad"
LINE_END = "\n"


def flagged(table: Table, frame: DataFrame, known: dict[str, DataFrame], nights: int = 1) -> DataFrame:
    """Each row with its flaws, the rules that it breaks; and whether it goes out, is rejected, or repeats another. What
    has company now and then is taken as if it had none: ``company.py`` looks at it again.

    ``known``: for each check that names another table, the values that the other table knows, one column ``value``.
    ``nights``: of how many the rows are; only those of several can replace one another.
    """
    frame = _looked_up(table, frame, known)
    flaws = {rule: f"{is_broken(rule.sql)} and {there(table)}" for rule in table.rules}
    is_bad = " or ".join(flaw for rule, flaw in flaws.items() if rule.rejects) or "false"
    frame = frame.withColumns({FLAWS.name: F.expr(_joined(flaws)), IS_BAD: F.expr(is_bad)})
    frame = frame.withColumn(FLAWS.name, _apart(F.col(FLAWS.name)))
    if FLAWS in table.stored and table.repeats:  # each has company
        return among_others(table, frame, nights)
    if FLAWS in table.stored:
        return frame.withColumns({SUPERSEDED_ON.name: _never(), GOES: _goes(F.lit(False))})
    is_repeated = F.col("why").isin(REPEATS, SUPERSEDED) if table.layer == "bronze" else F.lit(False)
    return frame.withColumn(GOES, _goes(is_repeated))


def _joined(flaws: dict[Rule, str]) -> str:
    """The names of what is true, a line each. An array of them would be filtered by a function that Spark compiles
    nothing for, nor for the rules in it: five times as long."""
    names = [f"case when {flaw} then {quoted_for_spark(rule.name)} end" for rule, flaw in flaws.items()]
    return f"concat_ws({', '.join([quoted_for_spark(LINE_END), *names])})"


def _apart(names: C) -> C:
    return F.when(names == "", _texts([])).otherwise(F.split(names, LINE_END))


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


def own(table: Table) -> C:
    """The flaws that are stored: what another table does not know of a row, it may know tomorrow."""
    others = [F.lit(check.description) for check in _of_others(table)]
    return F.when(F.size(FLAWS.name) > 0, F.array_except(FLAWS.name, _texts(others))).otherwise(F.col(FLAWS.name))


def with_others(table: Table, stored: DataFrame, known: dict[str, DataFrame]) -> DataFrame:
    """Stored rows with all their flaws: their own, and what other tables do not know of them."""
    rows = _looked_up(table, stored, known)
    for check in _of_others(table):
        is_unknown = ~F.col(check.reference_flag) & F.expr(there(table))
        rows = rows.withColumn(FLAWS.name, _with(check.description, is_unknown))
    return rows


def _of_others(table: Table) -> list[Check]:
    """Checks that another table decides, and that reject nothing."""
    return [check for check in table.checks if check.references and not check.as_rule().rejects]


def among_others(table: Table, frame: DataFrame, nights: int) -> DataFrame:
    """A row's place among the others of its order and its key: one bad line rejects its order; of the good rows of a
    key in one night the last by file and line stays (where many make one on purpose, the last that is there), the
    others repeat it; and the next good night of the same load that replaces it is noted."""
    wholes = [feed for feed in expectations.feeds(table) if feed.whole and table.whole]
    frame = frame.repartition(*(table.whole or table.key))  # once, for all that follows
    if wholes:
        of_order = Window.partitionBy("delivered_on", *feed_of(table), *table.whole)
        is_dragged = ~F.col(IS_BAD) & is_of(wholes) & F.max(IS_BAD).over(of_order)
        frame = frame.withColumn("_is_dragged", is_dragged).withColumns(
            {FLAWS.name: _with(OF_A_WHOLE, F.col("_is_dragged")), IS_BAD: F.col(IS_BAD) | F.col("_is_dragged")}
        )
    same = Window.partitionBy(*table.key, *feed_of(table), IS_BAD)
    place = [F.desc(name) for name in ("file", "line", "item", PART.name)]
    newest_first = same.orderBy(F.desc("delivered_on"), *[F.expr(IS_THERE).desc()] * table.repeats, *place)
    is_repeated = F.lag("delivered_on").over(newest_first).eqNullSafe(F.col("delivered_on"))
    replaced_on = next_night(table, [IS_BAD]) if nights > 1 else _never()
    return frame.withColumns({SUPERSEDED_ON.name: replaced_on, GOES: _goes(is_repeated)})


def with_bad(table: Table, staged: DataFrame) -> DataFrame:
    """Rows that were staged each by itself, with what ``among_others`` goes by."""
    return staged.withColumn(IS_BAD, F.size(reasons(table)) > 0)


def _never() -> C:
    return F.lit(None).cast(SUPERSEDED_ON.type)


def _goes(is_repeated: C) -> C:
    return F.when(F.col(IS_BAD), REJECTED).when(is_repeated, REPEATED).otherwise(PUBLISHED)


def _with(flaw: str, condition: C) -> C:
    return F.when(condition, F.array_append(FLAWS.name, flaw)).otherwise(F.col(FLAWS.name))


def _texts(values: list[C]) -> C:
    return F.array(*values).cast("array<string>")


def reasons(table: Table) -> C:
    """Why the row is rejected; nothing where it is not. (Bronze keeps a line that cannot be read too.)"""
    rejecting = [F.lit(rule.name) for rule in table.rules if rule.rejects]
    return F.array_intersect(FLAWS.name, _texts([*rejecting, F.lit(OF_A_WHOLE)]))


def there(table: Table) -> str:
    """The row counts: it is none that its channel left out."""
    return IS_THERE if PART in table.stored else "true"
