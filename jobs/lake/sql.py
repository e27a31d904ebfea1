"""SQL over files of tables, by DuckDB: it has found a few keys among millions before Spark has planned to."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import duckdb


def connect() -> duckdb.DuckDBPyConnection:
    """A connection of its own to the process's one database: it costs nothing."""
    return _database().cursor()


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """What does not fit into memory goes where the process has its temporary files."""
    return duckdb.connect(config={"temp_directory": f"{tempfile.gettempdir()}/duckdb"})


def parquet(files: Iterable[Path | str]) -> str:
    """The rows of ``files``, and the ``filename`` of each; null where a file has not a column that another has."""
    names = ", ".join(quoted(str(file)) for file in files)
    return f"read_parquet([{names}], filename = true, union_by_name = true)"


def alike(columns: Iterable[str], others: Iterable[str]) -> str:
    """Each is equal to the other, or both are null."""
    return " and ".join(f"{one} is not distinct from {other}" for one, other in zip(columns, others, strict=True))


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def quoted_for_spark(text: str) -> str:
    """In Spark's SQL a backslash begins an escape."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
