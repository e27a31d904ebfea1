"""Values that people may see: enough to know somebody again, too little to find them."""

from __future__ import annotations

import re

STAR = "*"


def name(text: str) -> str:
    """``Wang *``, ``王*``: the first word, of a name without spaces the first character."""
    first, _, rest = text.partition(" ")
    return f"{first} {STAR}" if rest else f"{text[:1]}{STAR}"


def phone(text: str) -> str:
    """``138****1234``: the middle of the national number is gone."""
    digits = re.sub(r"^\+(?:1|86)|\D", "", text)
    is_long = len(digits) >= (7 if STAR in text else 9)
    return f"{digits[:3]}****{digits[-4:]}" if is_long else "****"


def email(text: str) -> str:
    """``w***@example.org``."""
    mailbox, _, host = text.rpartition("@")
    return f"{mailbox[:1]}***@{host}" if mailbox else "***"


def year(text: str) -> int | None:
    """The year of an ISO date."""
    found = re.match(r"(\d{4})-\d\d", text)
    return int(found[1]) if found else None
