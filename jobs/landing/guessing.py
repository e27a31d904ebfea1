"""What a file seems to be by its beginning: format, encoding, delimiter, numbers, dates."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from expectations.contract import Numbers
from jobs.landing import dates, numbers
from jobs.landing.csv_records import EXCELS
from jobs.landing.text import unpacked

SAMPLE = 1 << 20
CHINESE = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")  # GB2312, the older part of GB18030
BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
DELIMITERS = ",;\t|"

CENTURY = (946_684_800, 4_102_444_800)  # 2000 to 2100, in seconds since 1970
NOTHING = ("NULL", "null", "N/A", "n/a", "NA", "#N/A", "\\N", "None", "NaN", "nan", "-")
SIGNS = ("$", "\u20ac", "\u00a3", "\u00a5", "USD", "EUR", "GBP", "CNY", "RMB", "\u5143")
MARKS = ((".", ""), (".", ","), (",", ""), (",", "."), (",", " "), (".", "'"))
DATES = (
    "yyyy-MM-dd", "yyyy/MM/dd", "dd/MM/yyyy", "MM/dd/yyyy", "dd.MM.yyyy", "d/M/yyyy", "M/d/yyyy", "d.M.yyyy",
    "yyyyMMdd", "dd-MM-yyyy", "yyyy/M/d", "yyyy\u5e74M\u6708d\u65e5", "dd/MM/yy", "MM/dd/yy",
    "d MMM yyyy", "MMM d, yyyy",
)  # fmt: skip
TIMES = ("HH:mm:ss", "H:mm", "HH:mm:ss.SSSSSS", "h:mm a", "h:mm:ss a")


@dataclass(frozen=True)
class Shape:
    """How a file is written."""

    format: str
    encoding: str
    delimiter: str


def sample(path: Path) -> bytes:
    with unpacked(path) as file:
        return file.read(SAMPLE)


def fits(path: Path, encoding: str) -> bool:
    """The beginning of the file decodes without fault."""
    return _decodes(sample(path), encoding)


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(content)
    except UnicodeDecodeError:
        return False
    return True


def shape(path: Path) -> Shape:
    """Format, encoding and delimiter."""
    content = sample(path)
    encoding = _encoding(content)
    text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding, "replace")
    if text.lstrip().startswith("{"):
        return Shape("jsonl", encoding, ",")
    first, _, rest = text.lstrip().partition("\n")
    first = rest.partition("\n")[0] if EXCELS.fullmatch(first) else first
    widths = {mark: len(next(csv.reader([first], delimiter=mark), ())) for mark in DELIMITERS}
    return Shape("csv", encoding, max(widths, key=lambda mark: widths[mark]))


def _encoding(content: bytes) -> str:
    """By its mark, else UTF-8 if it is; then Chinese if most high bytes come in pairs as Chinese ones do."""
    marked = next((name for bom, name in BOMS.items() if content.startswith(bom)), "")
    if marked or _decodes(content, "utf-8"):
        return marked or "utf-8"
    high = sum(byte > 127 for byte in content)
    if 2 * len(CHINESE.findall(content)) > 0.8 * high and _decodes(content, "gb18030"):
        return "gb18030"
    return "cp1252" if _decodes(content, "cp1252") else "latin-1"


def number_words(columns: Sequence[Sequence[str]]) -> Numbers:
    """How the file writes numbers: the way in which most of its columns are numbers."""
    amounts = [text for texts in columns for text in texts[:1000] if any(map(str.isdigit, text))]
    signs = tuple(sign for sign in SIGNS if any(sign in text for text in amounts))
    ways = [
        Numbers(decimal, thousands, signs, negative)  # type: ignore[arg-type]
        for decimal, thousands in MARKS
        for negative in ("-1", "(1)", "1-")
    ]
    plain = {way: sum(are_numbers(texts, way) for texts in columns) for way in ways}
    return max(ways, key=lambda way: plain[way])


def are_numbers(texts: Sequence[str], way: Numbers) -> bool:
    read = numbers.reader(way, 38, 12)
    return bool(texts) and all(read(text.strip()) is not None for text in texts)


def formats(texts: Sequence[str]) -> tuple[str, list[str]]:
    """``date`` or ``timestamp``, the first pattern that fits all texts, and those that read other days out of them."""
    zones = ("", "XXX", " XXX")
    times = [f"{day}{join}{time}{zone}" for day in DATES for join in (" ", "'T'") for time in TIMES for zone in zones]
    for kind, patterns in (("date", DATES), ("timestamp", times)):
        read = {pattern: found for pattern in patterns if texts and (found := _read(texts, pattern))}
        if read:
            first = next(iter(read))
            return kind, [first, *(pattern for pattern, found in read.items() if found != read[first])]
    return "", []


def since_1970(texts: Sequence[str]) -> str:
    """``epoch`` or ``epoch_ms`` if all are instants of this century, counted in seconds or milliseconds."""
    for name, unit in (("epoch", 1), ("epoch_ms", 1000)):
        if texts and all(text.isdigit() and CENTURY[0] * unit <= int(text) < CENTURY[1] * unit for text in texts):
            return name
    return ""


def _read(texts: Sequence[str], pattern: str) -> list:
    """What the pattern reads out of the texts; nothing if one of them does not fit."""
    read, found = dates.local_reader([pattern]), []
    for text in texts:
        if not (one := read(text.strip())):
            return []
        found.append(one)
    return found
