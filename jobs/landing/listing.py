"""The landing zone, without Spark: which files came, what no contract reads, what is wrong with a file as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from expectations.contract import Table
from jobs import storage
from jobs.landing import csv_records, jsonl_records, text

NOTHING_CAME = "nothing"  # in place of the fingerprints of a night's files
NIGHT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # Python alone would take 20170102 and 2017-W01-1 for days


@dataclass(frozen=True)
class LandingFile:
    """One delivered file, looked at once: its content's fingerprint and what is wrong with it as a whole."""

    name: str  # relative to the landing zone
    path: Path
    night: date
    fingerprint: str
    header: tuple[str, ...]
    lines: int  # without the header
    is_cut_off: bool
    size: int = 0
    newline: str = "\n"
    first_line: int = 2  # after the header
    fault: str = ""  # why none of its lines can be read
    unknown_columns: tuple[str, ...] = ()


def nights(landing: Path, feed: Table, until: date) -> dict[date, list[Path]]:
    """Delivery folders of a feed up to ``until``, with all files in them by name; hidden files are not skipped."""
    folder = landing / feed.folder
    found = {}
    for path in storage.listed(folder):
        day = night_of(path)
        if day and day <= until:
            found[day] = storage.every(path)
    return found


def night_of(folder: Path) -> date | None:
    """The night whose deliveries lie in ``folder``: it is called as in 2017-01-31, and no other way."""
    try:
        return date.fromisoformat(folder.name) if NIGHT.fullmatch(folder.name) and storage.is_folder(folder) else None
    except ValueError:
        return None


def strays(landing: Path, feeds: Iterable[Table]) -> list[str]:
    """What lies in landing and no contract reads, each folder named once. Dot-files of the zone itself do not count."""
    known: dict[str, set[str]] = {}
    for feed in feeds:
        known.setdefault(feed.channel, set()).add(Path(feed.folder).name)
    entries = (path for path in storage.listed(landing) if not path.name.startswith("."))
    found = [stray for channel in entries for stray in _of_channel(channel, known.get(channel.name, set()))]
    return sorted(path.relative_to(landing).as_posix() for path in found)


def _of_channel(channel: Path, feeds: set[str]) -> Iterator[Path]:
    if not feeds or not storage.is_folder(channel):
        yield channel
        return
    for feed in storage.listed(channel):
        if feed.name not in feeds or not storage.is_folder(feed):
            yield feed
        else:
            yield from (path for path in storage.listed(feed) if not night_of(path))


def look(path: Path, landing: Path, feed: Table) -> LandingFile:
    """A file of the landing zone, looked at."""
    name = path.relative_to(landing).as_posix()
    return look_at(path, name, date.fromisoformat(name.split("/")[2]), feed)


def look_at(path: Path, name: str, night: date, feed: Table) -> LandingFile:
    """Read a file once, in pieces: fingerprint, header, number of lines, faults of the file as a whole."""
    scan = text.scan(path, feed)
    is_csv, of_header = feed.format == "csv", 0
    header: tuple[str, ...] = ()
    if is_csv and not scan.fault:
        header, of_header = _header(path, feed, scan.newline)
        header = _as_expected(header, [column.source for column in feed.columns])
    is_cut_off = bool(scan.last) if is_csv else bool(scan.last.strip()) and jsonl_records.parsed(scan.last) is None
    expected = [column.source for column in feed.columns]
    return LandingFile(
        name=name,
        path=path,
        night=night,
        fingerprint=scan.fingerprint,
        header=header,
        lines=max(0, scan.lines - (of_header or is_csv)),
        is_cut_off=is_cut_off,
        size=scan.size,
        newline=scan.newline,
        first_line=1 + (of_header or is_csv),
        fault=_hidden(path) or scan.fault or (_of_header(scan.size, header, expected) if is_csv else ""),
        unknown_columns=_unknown(header, feed),
    )


def _header(path: Path, feed: Table, newline: str) -> tuple[tuple[str, ...], int]:
    """The columns' names, cut of spaces, and the lines that they take: a spreadsheet breaks a long name in two."""
    with text.opened(path, feed, newline) as lines:
        record = next(csv_records.records(lines, feed.delimiter, feed.encoding, newline), None)
    if not record:
        return (), 0
    return tuple((field or "").replace(text.MARK, "\ufffd").strip() for field in record[3]), record[1]


def _as_expected(header: tuple[str, ...], expected: list[str]) -> tuple[str, ...]:
    """The header; a name that is the contract's but for capitals is the contract's."""
    folded = {name.casefold(): name for name in expected if name not in header}
    return tuple(name if name in expected else folded.get(name.casefold(), name) for name in header)


def _unknown(header: tuple[str, ...], feed: Table) -> tuple[str, ...]:
    """Columns that the contract neither reads nor leaves out on purpose."""
    known = {column.source for column in feed.columns} | set(feed.ignores)
    return () if "*" in known else tuple(name for name in header if name and name not in known)


def _hidden(path: Path) -> str:
    if path.name[0] not in "_.":
        return ""
    return f"the file's name begins with {path.name[0]!r}, as an unfinished upload's does"


def _of_header(size: int, header: tuple[str, ...], expected: list[str]) -> str:
    """Why no line can be read under such a header."""
    if not size:
        return "the file is empty, not even a header"
    if missing := [name for name in expected if name not in header]:
        has_others = any(name and name not in expected for name in header)
        return f"the header lacks {', '.join(missing)}" + " but has columns not in the contract" * has_others
    twice = [name for name in expected if header.count(name) > 1]
    return f"the header names a column twice: {', '.join(twice)}" if twice else ""
