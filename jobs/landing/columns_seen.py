"""A column of a file that no contract names yet: what it seems to be, said as a contract says it."""

from __future__ import annotations

import json
import keyword
import re
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from expectations.contract import Numbers
from jobs.landing import guessing

IS_ID = re.compile(
    r"(?i)(?:\bid|_id|number|\bno|code|sku|upc|ean)$|(?-i:(?<=[a-z])(?:ID|Id|No)$)|\u53f7$|\u7f16\u7801$"
)
DIRECT = re.compile(
    r"(?i)e-?mail|phone|mobile|(?:first|last|full|customer|billing|shipping).?name|^name$|address|street|passport|birth"
    "|\u90ae\u7bb1|\u7535\u8bdd|\u624b\u673a|\u59d3\u540d|\u5730\u5740|\u8eab\u4efd\u8bc1|\u751f\u65e5|\u5fae\u4fe1"
)
QUASI = re.compile(
    r"(?i)zip|post.?code|gender|\bsex\b|\bage\b|city|province|country|income"
    r"|\u6027\u522b|\u5e74\u9f84|\u90ae\u7f16|\u57ce\u5e02"
)
PLACE = re.compile(r"(?i)(?:zip|post.?code|city|province|country)$")  # the part of an address that many share
AT = re.compile(
    r"(?i)(?:\bat|_at|time|stamp|date|created|updated|\bts|_ts)$|(?-i:(?<=[a-z])At$)|\u65f6\u95f4$|\u65e5\u671f$"
)
PERSON = re.compile(r"(?i)customer|client|member|household|user|buyer|\u5ba2\u6237|\u4f1a\u5458|\u4e70\u5bb6")
VALUES = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|1[3-9]\d{9}|\+\d[\d ()-]{7,}|\d{17}[\dXx]")  # mail, telephone, ID card


@dataclass(frozen=True)
class Seen:
    """A column of the file: what it is called, and its texts in the rows that were looked at."""

    header: str
    texts: list[str | None]

    @property
    def different(self) -> list[str]:
        return list({text.strip(): 0 for text in self.texts if text and text.strip() not in guessing.NOTHING})

    @property
    def is_id(self) -> bool:
        """Its header says that it names something: ``Invoice No.``, ``customer_id``."""
        return bool(IS_ID.search(self.header.rstrip(" .#:")))


def keys(seen: list[Seen]) -> list[tuple[str, ...]]:
    """The smallest sets of columns that name each row, three at the most."""
    full = [column for column in seen if column.texts and all(column.texts)][:12]
    found: list[tuple[str, ...]] = []
    for size in (1, 2, 3):
        for chosen in combinations(full, size):
            names = tuple(column.header for column in chosen)
            is_new = not any(set(key) <= set(names) for key in found)
            if is_new and len(set(zip(*(column.texts for column in chosen), strict=True))) == len(chosen[0].texts):
                found.append(names)
    return found[:3]


def column_line(seen: Seen, number: int, numbers: Numbers) -> str:
    kind, words, hint = _type(seen, numbers)
    name = short_name(seen.header) or f"column_{number}"
    if seen.is_id and kind == "string" and not name.endswith("_id"):
        name = "source_id" if name == "id" else re.sub("_(no|nr|number|code)$", "", name) + "_id"
    given = {"header": seen.header} if name != seen.header else {}
    given |= words
    if personal := _personal(seen):
        given["personal"] = personal
    told = "".join(f", {word}={json.dumps(value, ensure_ascii=False)}" for word, value in given.items())
    return f'Column("{name}", "{kind}", "Say what it means."{told}),{hint}'


def _type(seen: Seen, numbers: Numbers) -> tuple[str, dict[str, Any], str]:
    """Type, the words that it needs, and a remark where the file leaves it open."""
    different = seen.different
    kind, formats = guessing.formats(different)
    is_number = guessing.are_numbers(different, numbers)
    if not different or seen.is_id or (is_number and _looks_like_ashort_name(different)):
        return "string", {}, ""
    if formats and not (is_number and "date" not in seen.header.lower()):
        others = f"  # or {formats[1]}? It fits too" if len(formats) > 1 else ""
        return kind, {"format": formats[0]}, others
    if not is_number:
        return "string", {}, ""
    if AT.search(seen.header) and (unit := guessing.since_1970(different)):
        return "timestamp", {"format": unit}, ""
    parts = [
        re.sub("[^0-9]", "", one.rpartition(numbers.decimal)[2]) if numbers.decimal in one else "" for one in different
    ]
    scale = max(map(len, parts))
    return ("long" if not scale else f"decimal(18,{max(2, scale)})"), {}, ""


def _looks_like_ashort_name(different: list[str]) -> bool:
    """Digits that are no amount: with leading zeros, or too many."""
    return any((one[0] == "0" and one.isdigit() and len(one) > 1) or len(one) > 17 for one in different)


def _personal(seen: Seen) -> str:
    different = seen.different
    has_form = different and sum(bool(VALUES.fullmatch(one)) for one in different) > len(different) / 2
    is_number = sum(any(map(str.isdigit, one)) for one in different) > len(different) / 2  # Shopify's Name is #1001
    is_named = DIRECT.search(seen.header) and not PLACE.search(seen.header)
    if has_form or (is_named and not (seen.header.lower() == "name" and is_number)):
        return "direct"
    if PERSON.search(seen.header) and seen.is_id:
        return "pseudonymous"
    return "quasi" if QUASI.search(seen.header) else ""


def short_name(header: str) -> str:
    """A name in the house's way; none for a header that has no Latin letter."""
    parts = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+", "_", header).strip("_").lower()
    return parts + "_" * keyword.iskeyword(parts) if parts[:1].isalpha() else ""
