"""The house's own tables (``ops``): a few lines a run, written by delta-rs, where a commit costs 20 ms and not 2 s."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, write_deltalake

from expectations.contract import Table
from jobs.lake import transaction


def append(folder: Path, table: Table, rows: Iterable[tuple], note: str) -> None:
    """Add lines, in one commit that carries ``note``."""
    transaction.create(folder, layout(table))
    properties = CommitProperties(custom_metadata={"userMetadata": note})
    lines = _arrow(table, rows)
    write_deltalake(str(folder), lines, mode="append", schema_mode="merge", commit_properties=properties)


def replace(folder: Path, table: Table, rows: Iterable[tuple], where: str) -> None:
    """Lines in place of those ``where`` finds, so that telling the same twice leaves it told once."""
    transaction.create(folder, layout(table))
    write_deltalake(str(folder), _arrow(table, rows), mode="overwrite", schema_mode="merge", predicate=where)


def read(folder: Path, table: Table) -> list[dict]:
    """All lines, by column; none where nothing was told yet. A column that the table has since then is null."""
    if not DeltaTable.is_deltatable(str(folder)):
        return []
    found = DeltaTable(str(folder))
    told = {field.name for field in found.schema().fields}
    names = [column.name for column in table.columns]
    nulls = dict.fromkeys(names)
    lines = found.to_pyarrow_table(columns=[name for name in names if name in told]).to_pylist()
    return [nulls | line for line in lines]


def _arrow(table: Table, rows: Iterable[tuple]) -> pa.Table:
    names = [column.name for column in table.columns]
    return pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows], layout(table).schema)


def layout(table: Table) -> transaction.Layout:
    """One that is not partitioned."""
    return transaction.Layout(table.columns, table.comment)
