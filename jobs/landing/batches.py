"""A landing file -> Arrow batches of typed rows: in Spark's Python workers, and in `make check` without Spark."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

import pyarrow as pa
import pyarrow.compute as pc

from expectations.contract import LINEAGE, LINES, WARNING, WHY, Column, Table
from expectations.shared import REPEATED
from jobs.arrow import arrow_type
from jobs.landing import csv_records, jsonl_records, text
from jobs.landing.csv_records import Record
from jobs.landing.listing import LandingFile
from jobs.landing.values import MISSING, Converter, converters
from jobs.vault.hiding import Hiding

ANOTHER = "another line of its order could not be read"
ROWS, BYTES = 20_000, 16 << 20  # of a batch


@dataclass(frozen=True)
class Typed:
    """A column of a batch: values, and where any is, why a text is none and what is odd."""

    values: pa.Array
    faults: pa.Array | None
    warnings: pa.Array | None


def batches(
    file: LandingFile, feed: Table, zone: str, is_repeated: bool = False, hiding: Hiding | None = None
) -> Iterator[pa.RecordBatch]:
    """All rows of a file. One of a file with a fault, or that repeats another, has the reason and no values.

    ``hiding`` puts tokens in place of personal values, and texts without persons; without it they are in clear, and
    go nowhere.
    """
    convert = converters(feed, zone)
    fault = REPEATED if is_repeated else file.fault
    if file.fault:
        lines = range(file.first_line, file.first_line + file.lines) if file.lines else (0,)
        rows: Iterator[Record] = ((line, 1, 1, (), None) for line in lines)
        yield from (_batch(some, file, feed, convert, fault, hiding) for some in _pieces(rows))
        return
    with text.opened(file.path, feed, file.newline) as lines_of_file:
        position = lines_of_file.buffer.tell  # type: ignore[attr-defined]
        if feed.format == "jsonl":
            rows = jsonl_records.records(lines_of_file, feed)
        else:
            rows = csv_records.records(lines_of_file, feed.delimiter, feed.encoding, file.newline)
            next(rows)
            rows = _filled(rows, file, feed) if any(column.fills for column in feed.columns) else rows
        yield from (_batch(some, file, feed, convert, fault, hiding) for some in _pieces(rows, position))


def _filled(rows: Iterable[Record], file: LandingFile, feed: Table) -> Iterator[Record]:
    """Where the contract says so, an empty field is that of the record before, in the same whole."""
    fills = {file.header.index(column.source) for column in feed.columns if column.fills}
    whole = {file.header.index(feed.column(name).source) for name in feed.whole}
    last: Sequence[str | None] = ()
    for line, lines, item, fields, why in rows:
        full = fields
        if why is None:
            empty = {n for n in fills if not (fields[n] or "").strip()}
            if last and all(n in empty or fields[n] == last[n] for n in whole):
                full = [last[n] if n in empty else text for n, text in enumerate(fields)]
            last = full
        yield line, lines, item, full, why


def _pieces(rows: Iterable[Record], position: Callable[[], int] = lambda: 0) -> Iterator[list[Record]]:
    """``rows`` in pieces, small ones where lines are long, so that memory is flat."""
    piece, start = [], position()
    for row in rows:
        piece.append(row)
        if len(piece) == ROWS or (len(piece) % 256 == 0 and position() - start > BYTES):
            yield piece
            piece, start = [], position()
    if piece:
        yield piece


def _batch(
    rows: list[Record], file: LandingFile, feed: Table, convert: list[Converter], fault: str, hiding: Hiding | None
) -> pa.RecordBatch:
    line, lines, item, fields, why = zip(*rows, strict=True)
    typed = _columns(fields, file, feed, convert, bool(fault))
    missing = _missing(typed, feed, pa.array(item, pa.int32()))
    reasons = pc.coalesce(pa.array(why, pa.string()), *(of.faults for of in typed if of.faults is not None), *missing)
    reasons = pa.array(repeat(fault, len(rows)), pa.string()) if fault else reasons
    odd = pc.coalesce(pa.nulls(len(rows), pa.string()), *(of.warnings for of in typed if of.warnings is not None))
    is_good = pc.is_null(reasons)
    values = {
        column.name: of.values if column.name in feed.whole else pc.if_else(is_good, of.values, None)
        for column, of in zip(feed.columns, typed, strict=True)
    }
    if hiding:
        values |= hiding.hide(feed, values)
    values |= {WHY.name: reasons, WARNING.name: pc.if_else(is_good, odd, None)}
    of_file = {"file": file.name, "delivered_on": file.night}
    values |= {name: pa.array(repeat(value, len(rows)), _arrow(name)) for name, value in of_file.items()}
    values |= {"line": pa.array(line, pa.int64()), "item": pa.array(item, pa.int32())}
    values |= {LINES.name: pa.array(lines, pa.int32())}
    return pa.RecordBatch.from_pydict({column.name: values[column.name] for column in feed.stored})


def _columns(
    fields: Sequence[Sequence[str | None]], file: LandingFile, feed: Table, convert: list[Converter], is_refused: bool
) -> list[Typed]:
    if is_refused:
        return [Typed(pa.nulls(len(fields), arrow_type(column.type)), None, None) for column in feed.columns]
    turned = list(zip(*fields, strict=True))
    if feed.format == "csv":
        turned = [turned[file.header.index(column.source)] for column in feed.columns]
    return [_typed(*each) for each in zip(turned, feed.columns, convert, strict=True)]


def _missing(typed: list[Typed], feed: Table, item: pa.Array) -> Iterator[pa.Array]:
    """Why rows are not read that lack what they must have; a head without items lacks what items have."""
    for column, of in zip(feed.columns, typed, strict=True):
        if column.required and of.values.null_count:
            lacks = pc.and_(pc.is_null(of.values), pc.or_(not feed.is_of_item(column), pc.greater(item, 0)))
            yield pc.if_else(lacks, f"{column.name} {MISSING}", None)


def _typed(texts: Sequence[str | None], column: Column, convert: Converter) -> Typed:
    """Each different text is converted once."""
    encoded = pa.array(texts, pa.string()).dictionary_encode()
    found = [convert(one) for one in encoded.dictionary.to_pylist()]
    values, faults, warnings = zip(*found, strict=True) if found else ((), (), ())

    def told(of: Sequence, kind: pa.DataType) -> pa.Array:
        return pa.array(of, kind).take(encoded.indices)

    return Typed(
        told(values, arrow_type(column.type)),
        told(faults, pa.string()) if any(faults) else None,
        told(warnings, pa.string()) if any(warnings) else None,
    )


def _arrow(name: str) -> pa.DataType:
    return next(arrow_type(column.type) for column in LINEAGE if column.name == name)
