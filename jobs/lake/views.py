"""What BI sees: of every table the rows that ``lake.read`` shows for the newest ``as_of``, as SQL for any engine."""

from __future__ import annotations

from pathlib import Path

import duckdb
import duckdb_extension_delta

import expectations
from expectations.contract import Table
from jobs import storage
from jobs.lake import ledger, newest
from jobs.lake.sql import quoted

FILE = "guanxi.duckdb"


def delta_extension() -> Path:
    """DuckDB's Delta extension, as installed with the environment: nothing is fetched, nothing written to a home."""
    return next(Path(duckdb_extension_delta.__path__[0]).glob("extensions/*/delta.duckdb_extension"))


def write(lake: Path) -> Path:
    """Make ``<lake>/guanxi.duckdb`` anew: a view for each published table, named as the table, with its comments."""
    made = lake / f".{FILE}"
    storage.remove(made)
    with duckdb.connect(str(made)) as db:
        db.execute(f"load '{delta_extension()}'")
        for layer in expectations.LAYERS:
            db.execute(f"create schema {layer}")
        for table in published(lake):
            db.execute(f"create view {table.name} as {rows(table, lake, scan(lake, table.name))}")
            db.execute(f"comment on view {table.name} is {quoted(comment(table, lake))}")
            for column in table.columns:
                db.execute(f"comment on column {table.name}.{column.name} is {quoted(column.description)}")
            if ledger.log(lake, f"{table.name}__rejected"):
                db.execute(f"create view {table.name}__rejected as from {scan(lake, f'{table.name}__rejected')}")
    storage.move(made, lake / FILE)
    return lake / FILE


def connect(lake: Path) -> duckdb.DuckDBPyConnection:
    """The views, to read; FileNotFoundError where no run has made them yet."""
    if not storage.is_file(lake / FILE):
        raise FileNotFoundError(f"{lake / FILE} is not there: a run makes it (make run)")
    db = duckdb.connect(str(lake / FILE), read_only=True)
    db.execute(f"load '{delta_extension()}'")
    return db


def published(lake: Path) -> list[Table]:
    """Tables that lie in the lake, and that people may read."""
    tables = (table for table in expectations.TABLES.values() if table.layer != "vault")
    return [table for table in tables if ledger.log(lake, table.name)]


def scan(lake: Path, name: str) -> str:
    return f"delta_scan('{ledger.path(lake, name)}')"


def comment(table: Table, lake: Path) -> str:
    """Description and grain; of a snapshot the day that it shows."""
    commit = ledger.newest(lake, table.name)
    shows = f" As of {max(commit.made)}." if commit and table.write == "snapshot" else ""
    return table.comment + shows


def shows(db: duckdb.DuckDBPyConnection, table: str) -> str:
    """The day that a snapshot's view shows, as its ``comment`` says."""
    asked = "select regexp_extract(comment, 'As of ([0-9-]+)', 1) from duckdb_views() where view_name = ?"
    return db.execute(asked, [table]).fetchone()[0]  # type: ignore[index]


def rows(table: Table, lake: Path, source: str) -> str:
    """The table's rows as known now, as a query; ``source`` is what holds all versions. A column that the contract has
    and the table not yet is null."""
    commit = ledger.newest(lake, table.name)
    columns = [column.name for column in table.shown]
    if not commit:
        return f"select {', '.join(columns)} from {source}"
    shown = [name if name in commit.shape else f"null as {name}" for name in columns]
    return f"select {', '.join(shown)} from {source} where {newest.condition(table, commit)}"
