"""Dates of any usual form."""

from __future__ import annotations

import re
from datetime import datetime

import pandas as pd

#: Day and month as numbers, in either order: which, all values of a column say together.
EITHER = (("%d/%m/%Y", "%d/%m/%y"), ("%m/%d/%Y", "%m/%d/%y"))
OTHERS = ("%Y/%m/%d", "%d/%b/%Y", "%d/%B/%Y", "%b/%d/%Y", "%B/%d/%Y", "%Y/%b/%d")


def iso(column: pd.Series) -> pd.Series:
    """As 1990-01-31; what is no date stays as it was written, since one with a digit wrong may be found all the same.

    31/01/1990, 31.1.1990, 01-31-1990, 19900131, 1990-01-31, 31 Jan 1990, January 31, 1990; a time after it is cut.
    """
    texts = column.dropna().unique()
    order = max(EITHER, key=lambda formats: sum(_day(text, formats) is not None for text in texts))
    read = {text: _eight(text) or _day(text, (*OTHERS, *order)) or text for text in texts}
    return column.map(read).astype(object).where(column.notna(), None)


def _eight(text: str) -> str | None:
    """Eight digits, the year first, are a date however wrong its month is."""
    found = re.fullmatch(r"((?:1[89]|20)\d\d)-?(\d\d)-?(\d\d)", text)
    return "-".join(found.groups()) if found else None


def _day(text: str, formats: tuple[str, ...]) -> str | None:
    plain = re.sub(r"[T ]\d{1,2}:.*", "", text)
    plain = re.sub(r"[\s.,/-]+", "/", plain).strip("/")
    for of in formats:
        try:
            found = datetime.strptime(plain, of)
        except ValueError:
            continue
        return f"{found:%Y-%m-%d}"
    return None
