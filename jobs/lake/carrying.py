"""Rows of a table in one lake as rows of another: what no landing file can give again."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from expectations.contract import AS_OF, Table
from jobs import storage
from jobs.arrow import mapped
from jobs.lake import files, ledger, transaction
from jobs.lake.report import Report


def carry(
    old: Path,
    new: Path,
    table: Table,
    renewed: Callable[[str], str],
    report: Report,
    nights: Collection[date] | None = None,
) -> None:
    """A table that the new lake has not yet, with its texts ``renewed``; of snapshots and logs those of ``nights``.

    Of a state all rows, and nothing of what they were made from: the next night takes all deliveries in again.
    """
    commit = ledger.newest(old, table.name)
    if not commit:
        return
    made = {delivery: of for delivery, of in commit.made.items() if delivery.night in (nights or ())}
    target, place = ledger.path(new, table.name), uuid.uuid4().hex
    for n, file in enumerate(transaction.files(ledger.path(old, table.name), lambda of: _is_asked(of, nights))):
        partition = Path(file).parent.name if nights is not None else ""
        to = target / place / partition / f"{n}.parquet"
        storage.make_folder(to.parent)
        pq.write_table(_renewed(pq.ParquetFile(file).read(), renewed), to)
    note = ledger.note(new, made, commit.shape, report)
    transaction.commit(target, files.layout(table), storage.every(target / place), None, note)


def _is_asked(file: dict, nights: Collection[date] | None) -> bool:
    return nights is None or file[f"partition.{AS_OF.name}"] in nights


def _renewed(rows: pa.Table, renewed: Callable[[str], str]) -> pa.Table:
    for n, field in enumerate(rows.schema):
        if pa.types.is_string(field.type):
            rows = rows.set_column(n, field, mapped(rows.column(n).combine_chunks(), renewed))
    return rows
