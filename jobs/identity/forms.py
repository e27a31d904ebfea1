"""What names, addresses and telephone numbers are in forms that can be compared: a row for each text, however many say
it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyarrow as pa

from jobs.identity import addresses, names

HEAD, TAIL, NO_DIGIT = re.compile(r"\+?(\d*)"), re.compile(r"\d*$"), re.compile(r"\D")
CHINESE_MOBILE = re.compile(r"1[3-9]\d{9}")
TEXT, TEXTS = pa.string(), pa.list_(pa.string())
OF_NAMES = pa.schema(
    dict.fromkeys(("name", "hanzi", "name_key", "written", "given", "family"), TEXT)
    | {"stands_for": TEXTS, "is_chinese": pa.bool_(), "name_words": pa.int32()}
)
OF_ADDRESSES = pa.schema(
    dict.fromkeys(("address", "address_key", "address_number", "address_unit", "address_place"), TEXT)
)
OF_PHONES = pa.schema({"phone": TEXT, "phone_digits": TEXT, "phone_masks": TEXTS})


def of_names(texts: Iterable[str]) -> pa.Table:
    read = ((text, names.parsed(text)) for text in texts)
    return _table(((text, *_name(name)) for text, name in read if name), OF_NAMES)


def _name(of: names.Name) -> tuple:
    written = f"{of.given} {of.family}".strip()
    return of.hanzi, of.key, written, of.given, of.family, of.stands_for, of.is_chinese, len(of.key.split())


def of_addresses(texts: Iterable[str]) -> pa.Table:
    read = [(text, address) for text in texts if (address := addresses.parsed(text))]
    return _table(((text, of.key, of.number or None, of.unit or None, of.place) for text, of in read), OF_ADDRESSES)


def of_phones(texts: Iterable[str]) -> pa.Table:
    return _table(((text, *_phone(text)) for text in texts), OF_PHONES)


def _table(rows: Iterable[tuple], schema: pa.Schema) -> pa.Table:
    columns = [*zip(*rows, strict=True)] or [()] * len(schema)
    return pa.Table.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )


def _phone(text: str) -> tuple[str | None, list[str] | None]:
    """Eleven digits, an American number's with its 1, and what masks leave of them: the first three and the last four.

    A Chinese mobile number without its country code can be read as an American one with it (150 3547 0004 as
    +1 503 547 0004); its digits are the same either way, and it has both masks.
    """
    if "*" in text:
        head, tail = HEAD.match(text), TAIL.search(text)
        shown = (head.group(1)[-3:] if head else "") + (tail.group()[-4:] if tail else "")
        return None, [shown] if len(shown) == 7 else None
    digits = NO_DIGIT.sub("", text.removeprefix("+86"))
    if len(digits) < 7:
        return None, None
    heads = {digits[1:4] if text.startswith("+1") else digits[:3]}
    if CHINESE_MOBILE.fullmatch(digits):
        heads.add(digits[:3])
    return digits, sorted(head + digits[-4:] for head in heads)
