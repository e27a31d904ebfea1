"""A channel's rows in the common shape of a table that channels feed: what its function gives, checked and filled."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from functools import cache, reduce

from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import DataType, IntegralType, NullType, NumericType

import expectations
from expectations.contract import PART, Table
from jobs.channels import IS_THERE, ROWS
from jobs.imported import imported

PLACE, OPEN = "_place", "_is_open"


class WiringError(Exception):
    """A channel's function and the contracts do not fit."""


def shaped(table: Table, channel: str, frames: Mapping[str, DataFrame]) -> DataFrame:
    """A channel's rows: ids in their number spaces, the channel stamped where the table has one, null for what the
    channel's function leaves out because the channel has no such thing."""
    feeds = [feed for feed in expectations.feeds(table) if feed.channel == channel]
    place = f"jobs/channels/{channel}.py::{table.short}"
    given = _given(table, place, {feed: _in_spaces(feed, frames[feed.name]) for feed in feeds}, channel)
    every = [_unfolded(table, frame, _whole(table, of), place) for frame, of in given]
    rows = reduce(lambda one, other: one.unionByName(other, allowMissingColumns=True), every)
    if strange := sorted(set(rows.columns) - {column.name for column in table.made}):
        raise WiringError(f"{place} gives {', '.join(strange)}, which {table.name} does not know")
    stamped = {column.name: F.lit(channel) for column in table.columns if column.name == "channel"}
    left_out = [column for column in table.columns if not column.required and column.name not in rows.columns]
    rows = rows.withColumns(stamped | {column.name: F.lit(None) for column in left_out})
    return _typed(table, rows, place)


def _given(
    table: Table, place: str, rows: dict[Table, DataFrame], channel: str
) -> Iterator[tuple[DataFrame, list[Table]]]:
    """What the channel's function gives, and of which feeds: with one parameter it is called for each feed, with
    several it is given the feeds that they name."""
    names = ", ".join(feed.short for feed in rows)
    function = getattr(imported(f"jobs.channels.{channel}"), table.short, None)
    if not function:
        raise WiringError(f"{place} is not there, and {names} feed {table.name}")
    needs = list(inspect.signature(function).parameters)
    if len(needs) == 1:
        yield from ((function(of_feed), [feed]) for feed, of_feed in rows.items())
    elif set(needs) != {feed.short for feed in rows}:
        raise WiringError(f"{place} takes {', '.join(needs)}; the feeds of {table.name} are {names}")
    else:
        yield function(**{feed.short: of_feed for feed, of_feed in rows.items()}), list(rows)


def _in_spaces(feed: Table, rows: DataFrame) -> DataFrame:
    return rows.withColumns({c.name: F.concat(F.lit(f"{c.space}:"), F.col(c.name)) for c in feed.columns if c.space})


def _whole(table: Table, feeds: list[Table]) -> tuple[str, ...] | None:
    """Columns of what the feeds replace as a whole, none where that is all; None where they replace row by row."""
    if all(feed.delivers == "everything" for feed in feeds):
        return ()
    return table.whole if table.whole and all(feed.whole for feed in feeds) else None


def _unfolded(table: Table, given: DataFrame, whole: tuple[str, ...] | None, place: str) -> DataFrame:
    """What ``several`` gave, a row each. Of a row that became none, one is left that says so. Where a feed replaces row
    by row, each that is not there is left with its key: an older one of that key is taken away."""
    # a head without items is no line, and its order's newest word all the same
    has_item = F.col("item") > 0 if table.whole else F.lit(True)
    if ROWS not in given.columns:
        return given.withColumn(PART.name, F.when(has_item, 1).otherwise(-1))
    shared = [name for name in given.columns if name != ROWS]
    element = given.schema[ROWS].dataType.elementType  # type: ignore[attr-defined]
    names = [name for name in element.fieldNames() if name != IS_THERE]
    given = given.withColumn(ROWS, F.transform(ROWS, lambda row: row.withField(IS_THERE, row[IS_THERE] & has_item)))
    is_open = ~F.coalesce(F.exists(ROWS, lambda row: row[IS_THERE]), F.lit(False))
    is_open &= F.exists(ROWS, lambda row: row[IS_THERE].isNull())
    given = given.withColumn(OPEN, is_open)
    if whole is None:
        rows = given.select(*shared, OPEN, F.posexplode(ROWS).alias(PLACE, ROWS))
    else:
        if inside := sorted(set(whole) & set(names)):
            raise WiringError(
                f"{place} gives {', '.join(inside)} in several(...): it names the whole, and stands beside"
            )
        there = F.filter(ROWS, lambda row: row[IS_THERE])
        rows = given.select(*shared, OPEN, F.posexplode_outer(there).alias(PLACE, ROWS))
    nth = F.coalesce(PLACE, F.lit(0)) + 1
    part = F.when(F.col(OPEN) & (nth == 1), 0).when(F.col(ROWS)[IS_THERE], nth).otherwise(-nth)
    return rows.select(*shared, *(F.col(ROWS)[name].alias(name) for name in names), part.alias(PART.name))


def _typed(table: Table, rows: DataFrame, place: str) -> DataFrame:
    """Whole numbers and nulls become what the contract says; any other type that is not the contract's is named."""
    wanted = {column.name: _type(column.type) for column in table.made}
    wrong, cast = [], {}
    for field in rows.schema:
        given, asked = field.dataType, wanted[field.name]
        if isinstance(given, NullType) or (isinstance(given, IntegralType) and isinstance(asked, NumericType)):
            cast[field.name] = F.col(field.name).cast(asked)
        elif given != asked:
            wrong.append(f"{field.name} as {given.simpleString()}, not {asked.simpleString()}")
    if wrong:
        raise WiringError(f"{place} gives {'; '.join(wrong)}")
    return rows.withColumns(cast)


@cache
def _type(name: str) -> DataType:
    """Java is asked once."""
    return DataType.fromDDL(name)
