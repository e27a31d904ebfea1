"""The business days that new deliveries touch, and the orders that must be seen as a whole to make those days again.

What is kept by day is made again for these days alone. A day is touched by every version of an order that a new,
changed or taken-back delivery holds: the day that the order is now, and each that it ever was. DuckDB streams the keys
and days of all order lines for it, and is done before Spark has planned the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

import expectations
from expectations.contract import Table
from jobs import storage
from jobs.lake import ledger, sql, transaction
from jobs.lake.ledger import in_deliveries
from jobs.lake.report import Delivery

DAY = "coalesce(ordered_on, delivered_on)"  # a line without a day has its head's, or that of its delivery


class MustRebuild(Exception):
    """Why all days must be made again."""


@dataclass(frozen=True)
class Touched:
    """``days`` to make again; None for all, and ``why``. ``orders``: a parquet file of those with a row on such a day;
    ``files``: source -> its files that hold rows of these orders."""

    why: str
    days: frozenset[date] | None = None
    orders: Path = Path()
    files: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """``changed``: deliveries of a source that are not as they were; ``then``: files that held them; ``now``: all."""

    name: str
    changed: frozenset[Delivery]
    then: tuple[str, ...]
    now: tuple[str, ...]


def touched(lake: Path, kept: Iterable[Table], whole: tuple[str, ...], as_of: date, folder: Path) -> Touched:
    """What ``kept`` tables must make again, of what came since they were made. ``whole``: columns of an order;
    ``folder``: for what is found."""
    try:
        sources = {source for table in kept for source in _since(lake, table, whole, as_of)}
    except MustRebuild as why:
        return Touched(str(why))
    storage.make_folder(folder)
    with sql.connect() as db:
        return _searched(db, sources, ", ".join(whole), folder / "orders.parquet")


def _since(lake: Path, table: Table, whole: tuple[str, ...], as_of: date) -> Iterable[Source]:
    commit = ledger.newest(lake, table.name)
    if not commit:
        raise MustRebuild(f"{table.name} is new")
    made_on = max(commit.made).night
    for name in expectations.origins(table):
        source, folder = expectations.TABLES[name], ledger.path(lake, name)
        version = commit.seen.get(name)
        before = _held(ledger.at(lake, name, version), made_on) if version is not None else {}
        after = _held(ledger.newest(lake, name), as_of)
        changed = {d for d in before.keys() | after.keys() if before.get(d) != after.get(d)}
        if not set(whole) <= {column.name for column in source.columns}:
            if changed:
                raise MustRebuild(f"{name} changed")
            continue
        yield Source(
            name,
            frozenset(changed),
            tuple(_files(folder, changed & before.keys(), version)),
            tuple(transaction.files(folder)),
        )


def _held(commit: ledger.Commit | None, until: date) -> dict[Delivery, str]:
    return {d: made.inputs for d, made in commit.made.items() if d.night <= until} if commit else {}


def _files(folder: Path, deliveries: set[Delivery], version: int | None) -> list[str]:
    """Files that held ``deliveries`` at ``version``."""
    nights = {delivery.night for delivery in deliveries}
    found = (
        transaction.files(folder, lambda file: transaction.may_hold(file, min(nights), max(nights)), version)
        if nights
        else []
    )
    if not all(storage.is_file(Path(file)) for file in found):
        raise MustRebuild(f"what {folder.name} held before is swept away")
    return found


def _searched(db: duckdb.DuckDBPyConnection, sources: set[Source], whole: str, orders: Path) -> Touched:
    news = [
        f"select {whole} from {sql.parquet(files)} where {in_deliveries('delivered_on', of.changed)}"
        for of in sources
        for files in (of.then, of.now)
        if files and of.changed
    ]
    if not news:
        return Touched("no day is touched", frozenset())
    db.execute(f"create temp table changed as select distinct * from ({' union all '.join(news)})")
    now = {of.name: sql.parquet(of.now) for of in sources if of.now}
    every = [*now.values(), *(sql.parquet(of.then) for of in sources if of.then)]
    days = " union all ".join(f"select {DAY} as day from {rows} semi join changed using ({whole})" for rows in every)
    db.execute(f"create temp table days as select distinct day from ({days})")
    found = frozenset(day for (day,) in db.execute("from days").fetchall())
    on_days = " union all ".join(f"select {whole} from {rows} where {DAY} in (from days)" for rows in now.values())
    db.execute(f"copy (select distinct * from ({on_days})) to '{orders}'")
    return Touched(f"{len(found)} days touched", found, orders, holding(db, now, orders, whole))


def holding(db: duckdb.DuckDBPyConnection, rows: dict[str, str], orders: Path, whole: str) -> dict[str, list[str]]:
    """Of each source the files that have a row of ``orders``."""
    asked = "select distinct filename from {} semi join '{}' using ({})"
    found = {name: db.execute(asked.format(of, orders, whole)).fetchall() for name, of in rows.items()}
    return {name: [file for (file,) in of] for name, of in found.items()}
