"""Numbers as shops write them: ``1,234.50``, ``12,50``, ``$3.00``, ``(3.00)``, ``3.00-``."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from expectations.contract import Numbers

#: A keyboard's full-width characters, and the minus signs of typographers.
PLAIN = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | dict.fromkeys((0x2212, 0xFE63), ord("-"))
SPELLED = {" ": "[ \u00a0\u2009\u202f]", "'": "['\u2019]"}  # one mark, as keyboards and spreadsheets write it


def reader(numbers: Numbers, precision: int, scale: int) -> Callable[[str], Decimal | None]:
    """Text -> the exact number, or None: also where it has more digits than fit, since nothing is rounded in silence.
    A leading sign is read however the contract writes negatives."""
    patterns = _patterns(numbers)

    def read(text: str) -> Decimal | None:
        if not text.isascii():
            text = text.translate(PLAIN)
        for pattern, is_negative in patterns:
            if (found := pattern.fullmatch(text)) and (found["whole"] or found["part"]):
                whole, part = found["whole"] or "0", (found["part"] or "").rstrip("0")
                if not whole.isdigit():
                    whole = re.sub("[^0-9]", "", whole)
                if len(part) > scale or len(whole.lstrip("0")) > precision - scale:
                    return None
                minus = "-" if is_negative or found["sign"] == "-" else ""
                return Decimal(f"{minus}{whole}.{part}")
        return None

    return read


def _patterns(numbers: Numbers) -> list[tuple[re.Pattern[str], bool]]:
    mark = SPELLED.get(numbers.thousands, re.escape(numbers.thousands))
    # by three, or as in India: by two, and at the end by three
    grouped = rf"|[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+|[0-9]{{1,2}}(?:{mark}[0-9]{{2}})+{mark}[0-9]{{3}}" if mark else ""
    number = rf"(?P<whole>[0-9]+{grouped})?(?:{re.escape(numbers.decimal)}(?P<part>[0-9]+))?"
    signs = sorted((re.escape(sign.translate(PLAIN)) for sign in numbers.currency), key=len, reverse=True)
    money = rf"(?:\s*(?:{'|'.join(signs)})\s*)?" if signs else ""
    sign = "(?P<sign>[-+])"
    found = [(rf"{money}{sign}?{money}{number}{money}", False)]
    if numbers.negative == "(1)":
        found.append((rf"{money}\({money}{number}{money}\){money}(?P<sign>)", True))
    if numbers.negative == "1-":
        found.append((rf"{money}{number}{money}-{money}(?P<sign>)", True))
    return [(re.compile(pattern), is_negative) for pattern, is_negative in found]
