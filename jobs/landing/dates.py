"""Dates and times as the contract's patterns write them: Spark's letters, none of its leniency.

``yyyy`` is four digits and nothing else: Spark reads the year 17 of ``03/04/17``. ``yy`` is of this century.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jobs.landing.numbers import PLAIN

MONTHS = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip
EPOCH = datetime(1970, 1, 1)
MICROSECOND = timedelta(microseconds=1)
SINCE_1970 = {"epoch": 6, "epoch_ms": 3}  # the digits that make microseconds of it
LAST = (datetime(9999, 12, 31) - EPOCH) // MICROSECOND
AMOUNT = re.compile(r"([0-9]+)(?:[.]([0-9]{1,6}))?")
TOKEN = re.compile(r"'((?:[^']|'')*)'|(([A-Za-z])\3*)|(\s+)|([\[\]])|(.)", re.DOTALL)

#: What a pattern's letters match; one letter takes one digit or two. ``[ ]`` may be absent.
LETTERS = {
    "yyyy": "(?P<year>[0-9]{4})",
    "uuuu": "(?P<year>[0-9]{4})",
    "y": "(?P<year>[0-9]{4})",
    "yy": "(?P<short_year>[0-9]{2})",
    "MMMM": r"(?P<named_month>[A-Za-z]{3,})\.?",
    "MMM": r"(?P<named_month>[A-Za-z]{3,})\.?",
    "a": r"(?P<half>[AaPp])\.?[Mm]\.?",
    **dict.fromkeys(("E", "EE", "EEE", "EEEE"), r"[A-Za-z]+\.?"),
    **{letters: "(?P<offset>Z|[-+][0-9]{2}(?::?[0-9]{2})?)" for x in "XxZ" for letters in (x, x * 2, x * 3)},
    "VV": r"(?P<zone>[A-Za-z][\w/+-]*)",
    **{"S" * n: f"(?P<fraction>[0-9]{{1,{n}}})" for n in range(1, 10)},
}
for _name, _letter in {"month": "M", "day": "d", "hour": "H", "half_hour": "h", "minute": "m", "second": "s"}.items():
    LETTERS |= {_letter: f"(?P<{_name}>[0-9]{{1,2}})", _letter * 2: f"(?P<{_name}>[0-9]{{2}})"}


class PatternError(ValueError):
    """A pattern of a contract that cannot be read by."""


def local_reader(patterns: Sequence[str]) -> Callable[[str], tuple[datetime, tzinfo | None] | None]:
    """Text -> the local time that it writes, and its zone if it names one; the first pattern that fits wins."""
    compiled = [_compiled(pattern) for pattern in patterns]

    def read(text: str) -> tuple[datetime, tzinfo | None] | None:
        plain = text if text.isascii() else text.translate(PLAIN)
        for pattern in compiled:
            if found := pattern.fullmatch(plain):
                try:
                    return _local(found.groupdict())
                except (ValueError, ZoneInfoNotFoundError):
                    continue
        return None

    return read


def date_reader(patterns: Sequence[str]) -> Callable[[str], date | None]:
    """Text -> the date as written, whatever the zone."""
    read = local_reader(patterns)
    return lambda text: found[0].date() if (found := read(text)) else None


def instant_reader(patterns: Sequence[str], zone: str) -> Callable[[str], tuple[int | None, str]]:
    """Text -> microseconds since 1970 UTC, and what is odd about it. Where the text names no zone it is in ``zone``.

    An hour that the clocks left out is read as an hour later, as Spark and Java do; of an hour that stands twice the
    first is taken. Both are odd. ``epoch`` and ``epoch_ms`` are seconds and milliseconds since 1970.
    """
    digits = next((SINCE_1970[pattern] for pattern in patterns if pattern in SINCE_1970), None)
    read, here = local_reader([pattern for pattern in patterns if pattern not in SINCE_1970]), ZoneInfo(zone)

    def instant(text: str) -> tuple[int | None, str]:
        if digits and (amount := AMOUNT.fullmatch(text)):
            since = int(amount[1] + (amount[2] or "").ljust(digits, "0")[:digits])
            return since if since < LAST else None, ""
        if not (found := read(text)):
            return None, ""
        local, named = found
        if isinstance(named, timezone):  # no clock is set forward there, nor back
            return (local - EPOCH - named.utcoffset(None)) // MICROSECOND, ""
        at = local.replace(tzinfo=named or here)
        first, second = at.utcoffset(), at.replace(fold=1).utcoffset()
        assert first is not None and second is not None
        odd = "" if first == second else "left out by the clocks" if first < second else "that stands twice"
        return (local - EPOCH - first) // MICROSECOND, odd

    return instant


def _compiled(pattern: str) -> re.Pattern[str]:
    parts = []
    for quoted, letters, _, spaces, bracket, other in TOKEN.findall(pattern):
        if letters and letters not in LETTERS:
            raise PatternError(f"the pattern {pattern!r} has {letters!r}, which is not known")
        optional = {"[": "(?:", "]": ")?"}.get(bracket, "")
        # browsers write a narrow space before AM: a space is any space
        parts.append(LETTERS.get(letters) or optional or (r"\s+" if spaces else re.escape(quoted or other)))
    try:
        found = re.compile("".join(parts))
    except re.error:
        raise PatternError(f"the pattern {pattern!r} names something twice, or a bracket does not close") from None
    names = found.groupindex
    if not ("year" in names or "short_year" in names) or "day" not in names or not _has_month(names):
        raise PatternError(f"the pattern {pattern!r} must name year, month and day")
    if ("half_hour" in names) != ("half" in names):
        raise PatternError(f"the pattern {pattern!r} must name both h and a")
    return found


def _has_month(names: object) -> bool:
    return any(name in names for name in ("month", "named_month"))  # type: ignore[operator]


def _local(of: dict[str, str | None]) -> tuple[datetime, tzinfo | None]:
    """ValueError where there is no such time."""
    year = int(of.get("year") or f"20{of.get('short_year')}")
    month = int(of["month"] or 0) if "month" in of else _month(of["named_month"] or "")
    hour = int(of.get("hour") or 0)
    if half_hour := of.get("half_hour"):
        if not 1 <= int(half_hour) <= 12:
            raise ValueError
        hour = int(half_hour) % 12 + 12 * ((of.get("half") or "").lower() == "p")
    fraction = int((of.get("fraction") or "0").ljust(6, "0")[:6])
    minute, second = int(of.get("minute") or 0), int(of.get("second") or 0)
    return datetime(year, month, int(of["day"] or 0), hour, minute, second, fraction), _zone(of)


def _month(name: str) -> int:
    return next((n for n, month in enumerate(MONTHS, 1) if month.startswith(name.lower())), 0)


def _zone(of: dict[str, str | None]) -> tzinfo | None:
    if name := of.get("zone"):
        return ZoneInfo(name)
    offset = of.get("offset")
    if not offset:
        return None
    if offset == "Z":
        return UTC
    minutes = int(offset[1:3]) * 60 + int(offset[3:].lstrip(":") or 0)
    return timezone(timedelta(minutes=minutes if offset[0] == "+" else -minutes))
