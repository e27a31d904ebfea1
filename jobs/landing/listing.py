"""The landing zone, without Spark: which files came, and what is wrong with a file as a whole."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from expectations.contract import Table

NOTHING_CAME = "nothing"  # in place of the fingerprints of a night's files


@dataclass(frozen=True)
class LandingFile:
    """One delivered file, looked at once: its bytes' fingerprint and what is wrong with it as a whole."""

    name: str  # relative to the landing zone
    path: Path
    night: date
    fingerprint: str
    header: tuple[str, ...]
    lines: int  # without the header
    is_cut_off: bool
    is_utf8: bool
    fault: str = ""  # why none of its lines can be read
    unknown_columns: tuple[str, ...] = ()


def nights(landing: Path, feed: Table, until: date) -> dict[date, list[Path]]:
    """Delivery folders of a feed up to ``until``, with their files in order of name; hidden files are not skipped."""
    folder = landing / feed.channel / feed.short.removeprefix(f"{feed.channel}_")
    found: dict[date, list[Path]] = {}
    for night in sorted(folder.iterdir()) if folder.is_dir() else ():
        try:
            day = date.fromisoformat(night.name)
        except ValueError:
            continue
        if day <= until and night.is_dir():
            found[day] = sorted(path for path in night.iterdir() if path.is_file())
    return found


def look(path: Path, landing: Path, feed: Table) -> LandingFile:
    """Read a file's bytes once: fingerprint, header, number of lines, faults of the file as a whole."""
    content = path.read_bytes()
    body = content.removeprefix(b"\xef\xbb\xbf")
    first, _, rest = body.partition(b"\n")
    lines = rest.count(b"\n") + (not rest.endswith(b"\n") and bool(rest))
    header = tuple(next(csv.reader([first.decode("utf-8", "replace").rstrip("\r")], delimiter=feed.delimiter), ()))
    expected = [column.name for column in feed.columns]
    missing = [name for name in expected if name not in header]
    unknown = tuple(name for name in header if name not in expected)
    fault = ""
    if path.name[0] in "_.":
        fault = f"the file's name begins with {path.name[0]!r}, as an unfinished upload's does"
    elif not content:
        fault = "the file is empty, not even a header"
    elif missing:
        fault = f"the header lacks {', '.join(missing)}" + (" but has columns not in the contract" if unknown else "")
    elif len(set(header)) < len(header):
        fault = "the header names a column twice"
    return LandingFile(
        name=path.relative_to(landing).as_posix(),
        path=path,
        night=date.fromisoformat(path.parent.name),
        fingerprint=hashlib.sha256(content).hexdigest()[:16],
        header=header,
        lines=lines,
        is_cut_off=bool(content) and not content.endswith(b"\n"),
        is_utf8=_is_utf8(content),
        fault=fault,
        unknown_columns=unknown,
    )


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def strays(landing: Path, feeds: list[Table]) -> list[str]:
    return []
