"""Which rows of a table count, said once: SQL that Spark and DuckDB both read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import expectations
from expectations.contract import IS_THERE, Table
from jobs.lake.ledger import Commit, in_nights


def query(table: Table, commit: Commit, source: str, columns: Iterable[str], as_of: date | None = None) -> str:
    """``columns`` of the rows known at the end of ``as_of``, or known now; ``source`` holds all versions."""
    rows = f"select {', '.join(columns)} from {source}"
    if table.write == "snapshot":
        return f"{rows} where as_of = date '{as_of or max(commit.made).night}'"
    if table.write == "state":
        return f"{rows} where known_on <= date '{as_of}'" if as_of else rows
    if table.layer != "silver":
        return rows + f" where delivered_on <= date '{as_of}'" * bool(as_of and table.write == "delivery")
    of_feeds = [_of_feed(table, feed, commit, rows, as_of) for feed in expectations.feeds(table)]
    return " union all ".join(of_feeds)


def _of_feed(table: Table, feed: Table, commit: Commit, rows: str, as_of: date | None) -> str:
    """A full snapshot is its newest delivery; of changes the newest version counts, of each key or each whole."""
    known = [f"file like '{feed.folder}/%'"] * (len(expectations.feeds(table)) > 1)
    known += [f"delivered_on <= date '{as_of}'"] * bool(as_of)
    if feed.delivers == "everything":
        held = [d.night for d in commit.made if d.channel == feed.channel and (not as_of or d.night <= as_of)]
        last = f"delivered_on = date '{max(held)}'" if held else "false"
        return f"{rows} where {' and '.join([*known, last, IS_THERE])}"
    if commit.again is not None:
        again = in_nights("delivered_on", commit.again)
        alone = f"{rows} where {' and '.join([*known, f'not {again}', IS_THERE])}"
        if not commit.again:
            return alone
        return f"{alone} union all {_newest(table, feed, rows, [*known, again])}"
    return _newest(table, feed, rows, known)


def _newest(table: Table, feed: Table, rows: str, known: list[str]) -> str:
    """Of each key the newest row; of each whole all rows of the newest night that holds it."""
    selected, _, source = rows.partition(" from ")
    unit = replaced(table, feed)
    rank = f"rank() over (partition by {', '.join(unit)} order by delivered_on desc) as newness"
    versions = f"select *, {rank} from {source}" + f" where {' and '.join(known)}" * bool(known)
    return f"{selected} from ({versions}) as versions where newness = 1 and {IS_THERE}"


def replaced(table: Table, feed: Table) -> tuple[str, ...]:
    """What a later night of ``feed`` replaces in ``table``, as columns: a row, or the whole that it is part of."""
    return table.whole if feed.whole and table.whole else table.key
