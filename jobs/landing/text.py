"""A landing file as text: unpacked by its name, decoded as the contract says, looked through once in pieces."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from expectations.contract import Table
from jobs import storage

MARK = "\udcff"  # stands for bytes that are no text in the file's encoding; no decoder makes it
BOM = "\ufeff"
CHUNK = 1 << 20
LONGEST = 64 << 20  # characters of a line: a task holds one line, never a file

FIRST_BYTES = {
    b"\x1f\x8b": "gzip, but its name does not end in .gz",
    b"PK\x03\x04": "a zip archive or a spreadsheet",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}

codecs.register_error("landing.mark", lambda error: (MARK, error.end))  # type: ignore[attr-defined]


class ContractError(Exception):
    """The contract's own words cannot be read by: no file can mend that."""


@dataclass(frozen=True)
class Scan:
    """What a look through the whole file told."""

    fingerprint: str  # of the content: a file and the same file packed are one delivery
    size: int
    lines: int
    newline: str
    last: str  # what stands after the last newline
    fault: str


def encoding(feed: Table) -> str:
    """Python's name of the contract's encoding. With UTF-8 a byte order mark is skipped."""
    try:
        name = codecs.lookup(feed.encoding).name
    except LookupError:
        known = "Use a name that Python knows, such as utf-8, gb18030, cp1252 or utf-16"
        raise ContractError(f"{feed.name}: there is no encoding {feed.encoding!r}. {known}.") from None
    return "utf-8-sig" if name == "utf-8" else name


def opened(path: Path, feed: Table, newline: str) -> io.TextIOWrapper:
    """The file's text; a line ends with ``newline`` alone."""
    return io.TextIOWrapper(unpacked(path), encoding(feed), "landing.mark", newline)


def scan(path: Path, feed: Table) -> Scan:
    """Read the file once, in pieces: it need not fit in memory."""
    decode = codecs.getincrementaldecoder(encoding(feed))("landing.mark").decode
    digest, size, ends, last, first, fault = hashlib.sha256(), 0, Counter[str](), "", b"", ""
    try:
        with unpacked(path) as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                first, size, text = first or chunk[:4], size + len(chunk), decode(chunk)
                ends.update({end: text.count(end) for end in "\r\n"})
                last = (last + text).rpartition("\n")[2]
                if len(last) > LONGEST:
                    last, fault = "", f"a line is longer than {LONGEST >> 20} million characters"
    except (OSError, EOFError, zlib.error) as error:
        fault = _why(error)
        digest.update(fault.encode())
    newline = "\n" if ends["\n"] or not ends["\r"] else "\r"  # "\r" alone: what Excel calls CSV (Macintosh)
    last = (last + decode(b"", final=True)).rpartition(newline)[2]
    return Scan(digest.hexdigest()[:16], size, ends[newline] + bool(last), newline, last, fault or _other(first, feed))


def unpacked(path: Path) -> gzip.GzipFile | io.BufferedReader:
    """The file's bytes; of a gzip file, by its name, those that were packed."""
    file = storage.opened(path)
    if not path.name.lower().endswith(".gz"):
        return file
    packed = gzip.GzipFile(fileobj=file)
    packed.myfileobj = file  # type: ignore[assignment]  # closed with it
    return packed


def _why(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno:
        return f"the file cannot be opened: {error.strerror}"
    return "the gzip file is cut off or damaged: deliver it again"


def _other(first: bytes, feed: Table) -> str:
    """What the file is by its first bytes, if not what the contract says."""
    found = next((what for start, what in FIRST_BYTES.items() if first.startswith(start)), "")
    if not found or encoding(feed).startswith(("utf-16", "utf-32")):
        return ""
    return f"the file is {found}; its contract says {feed.format} in {feed.encoding}"
