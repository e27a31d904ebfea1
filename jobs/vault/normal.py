"""A personal value as one text, however it was written: equal values get equal tokens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import phonenumbers

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
DASHES = re.compile("[\u2010-\u2015\u2212\ufe63\uff0d]")


def normal(holds: str, text: str, regions: Sequence[str]) -> tuple[str, str | None]:
    """The value, and what is odd about it. What is no such value is kept as it was written, and is odd.

    Unicode NFKC (Unicode Standard Annex 15), one space for many. ``regions``: where telephone numbers are of that have
    no country code (ISO 3166), the likeliest first.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if holds == "phone":
        return phone(plain, regions)
    if holds == "email":
        return plain.casefold(), None if EMAIL.fullmatch(plain) else "is no e-mail address"
    return plain, None


def phone(text: str, regions: Sequence[str]) -> tuple[str, str | None]:
    """E.164, as +12125550123; of a masked one its digits and stars."""
    dialled = DASHES.sub("-", text)
    if "*" in text:
        return re.sub("[^0-9*+]", "", dialled), None
    digits, found = len(re.sub(r"\D", "", dialled)), list[phonenumbers.PhoneNumber]()
    for region in regions:
        try:
            number = phonenumbers.parse(dialled, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            found.append(number)
    if not found:
        return text, f"is no telephone number of {' or '.join(regions)}"
    # 150 3547 0004 is a mobile of China whole, and one of the US behind its 1: what takes all digits is meant
    whole = (number for number in found if len(phonenumbers.national_significant_number(number)) == digits)
    return phonenumbers.format_number(next(whole, found[0]), phonenumbers.PhoneNumberFormat.E164), None
