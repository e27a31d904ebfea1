"""One commit to a Delta table, by delta-rs: parquet files that lie in its folder, seen by nobody, become its rows.

A commit by Spark costs seconds, most of them Delta reading its own log in Spark jobs; this one costs milliseconds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import CommitProperties, DeltaTable, Schema, Transaction
from deltalake.transaction import AddAction

from expectations.contract import Column
from jobs import storage
from jobs.arrow import arrow_type
from jobs.lake.refused import ANEW, LayoutError

FEATURES = {"deletionVectors", "columnMapping", "clustering"}  # with one of them, plain files are not the rows


@dataclass(frozen=True)
class Layout:
    """What a Delta table is made of. ``partition``: the column that its files are partitioned by, if any."""

    columns: tuple[Column, ...]
    comment: str
    partition: str = ""
    key: str = ""

    @property
    def by(self) -> list[str]:
        """What its files are partitioned by."""
        return [self.partition] * bool(self.partition)

    @property
    def schema(self) -> pa.Schema:
        told = [pa.field(c.name, arrow_type(c.type), metadata={"comment": c.description}) for c in self.columns]
        return pa.schema(told)


def files(
    folder: Path, is_asked: Callable[[dict[str, Any]], bool] = lambda _: True, version: int | None = None
) -> list[str]:
    """Paths of the table's files, now or at ``version``, that ``is_asked`` asks for, given ``partition.<column>``, and
    ``min.<column>`` and ``max.<column>`` where they are known; none where there is no table."""
    if not DeltaTable.is_deltatable(str(folder)):
        return []
    added = pa.table(_opened(folder, version).get_add_actions(flatten=True)).to_pylist()
    return [str(folder / unquote(file["path"])) for file in added if is_asked(file)]


def size(folder: Path) -> int:
    """Bytes of the table's files; 0 where there is no table."""
    if not DeltaTable.is_deltatable(str(folder)):
        return 0
    return sum(pa.table(_opened(folder).get_add_actions())["size_bytes"].to_pylist())


def of_partition(folder: Path, layout: Layout, value: str) -> list[str]:
    """Paths of the table's files of one partition."""
    return files(folder, lambda file: file[f"partition.{layout.partition}"] == value)


def may_hold(file: dict[str, Any], first: date, last: date) -> bool:
    """A file may hold a delivery of ``first`` to ``last``, as far as its statistics tell."""
    since, until = file.get("min.delivered_on"), file.get("max.delivered_on")
    return since is None or until is None or (since <= last and until >= first)


def create(folder: Path, layout: Layout) -> DeltaTable:
    """The table in ``folder``, made if it is not there yet."""
    if DeltaTable.is_deltatable(str(folder)):
        table = _opened(folder)
        if (found := table.metadata().partition_columns) != layout.by:
            raise LayoutError(_odd(folder, f"is partitioned by {', '.join(found) or 'nothing'}"))
        return table
    properties = {"guanxi.key": layout.key, "delta.logRetentionDuration": "interval 3650 days"}
    return DeltaTable.create(
        str(folder),
        layout.schema,
        partition_by=layout.partition or None,
        description=layout.comment,
        configuration={name: value for name, value in properties.items() if value},
        raise_if_key_not_exists=False,
    )


def _opened(folder: Path, version: int | None = None) -> DeltaTable:
    table = DeltaTable(str(folder), version)
    if odd := FEATURES & set(table.protocol().writer_features or ()):
        raise LayoutError(_odd(folder, f"has {' and '.join(sorted(odd))}"))
    return table


def _odd(folder: Path, what: str) -> str:
    return f"{folder} {what}: another tool or an older Guanxi wrote it. {ANEW}"


def commit(folder: Path, layout: Layout, files: Iterable[Path], replaced: Sequence[str] | None, note: str = "") -> None:
    """Make ``files``, which lie below ``folder``, rows of the table, in place of the partitions ``replaced`` (all that
    the table holds where it has no partition); None adds to it. A commit without rows is a commit too."""
    target = create(folder, layout)
    known = {field.name for field in target.schema().fields}
    new = [field for field in Schema.from_arrow(layout.schema).fields if field.name not in known]
    if new and replaced != []:  # a transaction that keeps rows keeps the table's columns too
        target.alter.add_columns(new)
    filters = [(layout.partition, "in", list(replaced))] if replaced and layout.partition else None
    target.create_write_transaction(
        [added for file in files if (added := _added(file, folder, layout))],
        mode="append" if replaced is None else "overwrite",
        schema=layout.schema,
        partition_by=layout.partition or None,
        partition_filters=filters,
        commit_properties=CommitProperties(
            custom_metadata={"userMetadata": note} if note else None,
            app_transactions=[Transaction("guanxi", target.version() + 1)],
        ),
    )


def forget(folder: Path) -> None:
    """Remove the files of all versions but the newest: nobody can ask for those any more."""
    if DeltaTable.is_deltatable(str(folder)):
        _opened(folder).vacuum(retention_hours=0, dry_run=False, enforce_retention_duration=False, full=True)


def _added(file: Path, folder: Path, layout: Layout) -> AddAction | None:
    """None for a file of no rows."""
    of_file, (size, changed_at) = pq.read_metadata(file), storage.stamp(file)
    if not of_file.num_rows:
        return None
    value = file.parent.name.partition("=")[2] if layout.partition else ""
    return AddAction(
        path=str(file.relative_to(folder)),
        size=size,
        partition_values={layout.partition: value} if layout.partition else {},
        modification_time=changed_at // 1_000_000,
        data_change=True,
        stats=json.dumps({"numRecords": of_file.num_rows, **_days(of_file)}),
    )


def _days(of_file: pq.FileMetaData) -> dict[str, dict[str, str | int]]:
    """First and last day of each date column, from the file's footer: what a reader needs to pass a file over."""
    groups = [of_file.row_group(n) for n in range(of_file.num_row_groups)]
    least, most, nulls = dict[str, str | int](), dict[str, str | int](), dict[str, str | int]()
    for n, column in enumerate(of_file.schema):
        found = [group.column(n).statistics for group in groups]
        if str(column.logical_type) == "Date" and all(of and of.has_min_max for of in found):
            first, last = min(of.min for of in found), max(of.max for of in found)
            assert isinstance(first, date) and isinstance(last, date)
            least[column.name], most[column.name] = first.isoformat(), last.isoformat()
            nulls[column.name] = sum(of.null_count for of in found)
    return {"minValues": least, "maxValues": most, "nullCount": nulls}
