"""What ``whole_orders`` does, for one file and without Spark: `make check` shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from expectations.contract import Table
from expectations.shared import SUPERSEDED
from jobs.landing.batches import ANOTHER, batches
from jobs.landing.listing import LandingFile


def of_file(file: LandingFile, feed: Table, zone: str) -> Iterator[pa.RecordBatch]:
    """Read twice: first which orders, or records, have a line that cannot be read, then all lines."""
    broken, lines = set[tuple](), list[tuple[tuple, tuple, int]]()
    for batch in batches(file, feed, zone):
        broken.update(part for _, part, _ in _parts(batch.filter(pc.is_valid(batch.column("why"))), feed))
        lines += _parts(batch, feed) if feed.is_record_whole else ()
    last = {order: line for order, part, line in lines if part not in broken}  # of an order the last good record
    for batch in batches(file, feed, zone):
        found = [_why(feed, broken, last, *parts) for parts in _parts(batch, feed)]
        why = pc.coalesce(batch.column("why"), pa.array(found, pa.string()))
        yield batch.set_column(batch.schema.get_field_index("why"), "why", why)


def _parts(batch: pa.RecordBatch, feed: Table) -> Iterable[tuple[tuple, tuple, int]]:
    """Of each row its order, what a broken line of it breaks (the order, or its record), and the record's line."""
    orders = zip(*(batch.column(name).to_pylist() for name in feed.whole), strict=True)
    for order, line in zip(orders, batch.column("line").to_pylist(), strict=True):
        yield order, (*order, line) if feed.is_record_whole else order, line


def _why(feed: Table, broken: set[tuple], last: dict[tuple, int], order: tuple, part: tuple, line: int) -> str | None:
    if None in order:
        return None
    if part in broken:
        return ANOTHER
    return SUPERSEDED if feed.is_record_whole and line < last.get(order, line) else None
