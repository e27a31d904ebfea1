"""CSV -> records (RFC 4180): each with its first line, its fields as text, and why it is broken."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from jobs.landing.text import BOM, LONGEST, MARK

#: First line, lines that it covers, item, fields, why it is broken.
Record = tuple[int, int, int, Sequence[str | None], str | None]

CUT_OFF = "the file does not end with a newline: its last line may be cut off"
EMPTY = "the line is empty"
NUMBER_OF_FIELDS = "the line does not have the header's number of fields"
NEVER_ENDS = "a quote in the line never ends"
AFTER_QUOTE = "text stands after a closing quote"
CARRIAGE_RETURN = "a carriage return stands in the line, outside quotes"
HEADER_AGAIN = "the line is the header again"
NUL = "the line holds a NUL byte"

EXCELS = re.compile(r'"?sep=.?"?[,;\t|]*\s*')  # a first line that tells Excel the delimiter, and is no record

MOST_LINES, MOST_CHARACTERS = 1_000, 1 << 20  # of one record: what a quote that never ends may swallow
MOST_IN_VAIN = 1_000_000  # lines of a file read twice for such quotes; after that, a record is one line

csv.field_size_limit(2 * LONGEST)


class _QuoteNeverEnds(Exception):
    pass


class _Lines:
    """Lines for the csv module, held until the record that they belong to is whole."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines, self.again = iter(lines), deque[str]()
        self.held: list[str] = []
        self.size = self.in_vain = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self.again.popleft() if self.again else next(self.lines)
        if line.startswith(BOM):  # files put together keep the marks of their parts
            line = line.lstrip(BOM)
        self.held.append(line)
        if len(self.held) > 1:
            self.size += len(line)
            if len(self.held) > MOST_LINES or self.size > MOST_CHARACTERS or self.in_vain > MOST_IN_VAIN:
                raise _QuoteNeverEnds
        return line

    def pass_over(self, kind: re.Pattern[str]) -> int:
        """1 if the first line is of a kind, which then is passed over; else 0."""
        first = next(self, "")
        self.done()
        if first and not kind.fullmatch(first):
            self.again.append(first)
            return 0
        return int(bool(first))

    def keep_first(self) -> None:
        """The record is its first line alone: the others are to be read again."""
        self.again.extendleft(reversed(self.held[1:]))
        self.in_vain += len(self.held) - 1
        del self.held[1:]

    def done(self) -> None:
        self.held.clear()
        self.size = 0


def records(text: Iterable[str], delimiter: str, encoding: str, newline: str = "\n") -> Iterator[Record]:
    """All records, the header first; every line belongs to exactly one. A broken record has as many of its fields as
    can be told."""
    lines, number = _Lines(text), 1
    above = lines.pass_over(EXCELS)  # the header, if it is not the first line, covers the one above it
    header: list[str] = []
    while True:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        try:
            for fields in reader:
                if header and len(fields) != len(header) and len(lines.held) > 1:
                    break  # a stray quote joined lines
                why = _why(fields, header, lines.held, encoding, newline)
                is_whole = why is None or not header
                header = header or fields
                covers, above = len(lines.held) + above, 0
                yield number, covers, 1, fields if is_whole else _told(fields, header, why), why
                number += covers
                lines.done()
            else:
                return
            why = NEVER_ENDS
        except (csv.Error, _QuoteNeverEnds) as error:
            why = _reason(lines.held, error)
        lines.keep_first()
        first = lines.held[0].rstrip("\r\n").split(delimiter)
        header = header or first
        covers, above = 1 + above, 0
        yield number, covers, 1, _told(first, header, why), why
        number += covers
        lines.done()


def _why(fields: list[str], header: list[str], held: list[str], encoding: str, newline: str) -> str | None:
    """The first thing wrong with a record as such."""
    text = held[0] if len(held) == 1 else "".join(held)
    if MARK in text:
        return f"the line is not {encoding.upper()}"
    if text[-1:] != newline:
        return CUT_OFF
    if not any(fields):
        return EMPTY
    if "\0" in text:
        return NUL
    if header and len(fields) != len(header):
        return NUMBER_OF_FIELDS
    return HEADER_AGAIN if fields == header else None


def _reason(held: list[str], error: Exception) -> str:
    if len(held) > 1 or isinstance(error, _QuoteNeverEnds) or "end of data" in str(error):
        return NEVER_ENDS
    return CARRIAGE_RETURN if "new-line" in str(error) else AFTER_QUOTE


def _told(fields: list[str], header: list[str], why: str | None) -> list[str | None]:
    """As many fields as the header has; of a line that is cut off, those before the cut."""
    if why == CUT_OFF:
        fields = fields[:-1]
    told: list[str | None] = [field.replace(MARK, "\ufffd") for field in fields[: len(header)]]
    return told + [None] * (len(header) - len(told))
