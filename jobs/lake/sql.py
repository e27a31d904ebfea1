"""SQL over files of tables, by DuckDB: it has found a few keys among millions before Spark has planned to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb


def connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """``folder``: for what does not fit into memory."""
    folder.mkdir(parents=True, exist_ok=True)
    return duckdb.connect(config={"temp_directory": str(folder / "spilled")})


def parquet(files: Iterable[Path | str]) -> str:
    """The rows of ``files``, and the ``filename`` of each."""
    return f"read_parquet([{', '.join(quoted(str(file)) for file in files)}], filename = true)"


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
