"""Which rows of a table count, said once: a condition that Spark and DuckDB both read."""

from __future__ import annotations

from datetime import date

import expectations
from expectations.contract import IS_THERE, SUPERSEDED_ON, Table
from jobs.lake.ledger import Commit
from jobs.lake.refused import ANEW, LayoutError


def condition(table: Table, commit: Commit, as_of: date | None = None) -> str:
    """What is true of the rows known at the end of ``as_of``, or known now, and of no other version."""
    if table.write == "snapshot":
        return f"as_of = date '{as_of or max(commit.made).night}'"
    if table.write == "log":
        return f"as_of <= date '{as_of}'" if as_of else "true"
    if table.write == "state":
        return f"known_on <= date '{as_of}'" if as_of else "true"
    if table.write != "delivery":
        return "true"
    known = f"delivered_on <= date '{as_of}'" if as_of else "true"
    if table.layer != "silver":
        return known
    if SUPERSEDED_ON.name not in commit.shape:
        raise LayoutError(f"{table.name} was written by an older Guanxi. {ANEW}")
    of_feeds = [_of_feed(table, feed, commit, as_of) for feed in expectations.feeds(table)]
    return f"{known} and {IS_THERE} and ({' or '.join(of_feeds)})"


def _of_feed(table: Table, feed: Table, commit: Commit, as_of: date | None) -> str:
    """Of a full snapshot its newest delivery; of changes what no later delivery replaced."""
    of_feed = f"file like '{feed.folder}/%' and " * (len(expectations.feeds(table)) > 1)
    if feed.delivers == "everything":
        held = [d.night for d in commit.made if d.channel == feed.channel and (not as_of or d.night <= as_of)]
        return of_feed + (f"delivered_on = date '{max(held)}'" if held else "false")
    later = f" or {SUPERSEDED_ON.name} > date '{as_of}'" * bool(as_of)
    return f"{of_feed}({SUPERSEDED_ON.name} is null{later})"


def replaced(table: Table, feed: Table) -> tuple[str, ...]:
    """What a later night of ``feed`` replaces in ``table``, as columns: a row, or the whole that it is part of."""
    return table.whole if feed.whole and table.whole else table.key
