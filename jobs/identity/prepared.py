"""What accounts say of their owners, as columns that can be compared."""

from __future__ import annotations

import re

import pandas as pd
import pyarrow as pa

from expectations.shared import SAID
from jobs.identity import addresses, names

#: What is compared, by the column of ``records`` that says it.
KINDS = (*SAID, "id_number")
TEXTS: tuple[str, ...] = (
    "hanzi",
    "name_key",
    "written",
    "given",
    "family",
    "phone_digits",
    "email",
    "mailbox",
    "address_key",
)
TEXTS += ("address_number", "address_unit", "address_place", "birthday", "id_number")
VERIFIED = ("is_phone_verified", "is_email_verified")
CHINESE_MOBILE = re.compile(r"1[3-9]\d{9}")
SCHEMA = pa.schema(
    [("record_id", pa.int64()), ("account_id", pa.string()), ("since", pa.date32())]
    + [(name, pa.string()) for name in TEXTS]
    + [("stands_for", pa.list_(pa.string())), ("is_chinese", pa.bool_()), ("name_words", pa.int32())]
    + [(name, pa.bool_()) for name in VERIFIED]
    + [("phone_masks", pa.list_(pa.string())), ("cards", pa.list_(pa.string())), ("keys", pa.list_(pa.string()))]
)


def prepare(records: pa.Table, paid: pa.Table | None = None, quoted: pa.Table | None = None) -> pa.Table:
    """One row per account and thing said (``SCHEMA``), in order; what was said twice is one row, of its first night.

    ``records``: account_id, since, and any of ``KINDS`` with is_phone_verified and is_email_verified, in clear text;
    ``paid``: account_id, payment_card; ``quoted``: account_id, order_id, of who placed an order that somebody asked
    about, and of who asked. An account that says nothing but pays has a row; a number in ``record_id`` is of this call
    alone. ValueError where a column has another name.
    """
    if odd := set(records.column_names) - {"account_id", "since", "payment_card", *KINDS, *VERIFIED}:
        raise ValueError(f"records have no column {', '.join(sorted(odd))}; they may have {', '.join(KINDS)}")
    cards, orders = _of_accounts(paid, "payment_card"), _of_accounts(quoted, "order_id")
    told = [name for name in (*KINDS, *VERIFIED) if name in records.column_names]
    frame = records.select(["account_id", "since", *told]).to_pandas().astype(object)
    silent = pd.DataFrame({"account_id": sorted({*cards, *orders} - set(frame["account_id"]))}, dtype=object)
    frame = pd.concat([frame, silent])
    frame = frame.where(frame.notna(), None).sort_values("since", kind="stable")
    frame = frame.drop_duplicates(["account_id", *told])
    frame = frame.sort_values(["account_id", "since", *told], kind="stable", key=_text)
    rows = [
        {"record_id": n, **_forms(row), "cards": cards.get(row["account_id"], [])}
        for n, row in enumerate(frame.to_dict("records"))
    ]
    return pa.Table.from_pylist([row | {"keys": _keys(row, orders.get(row["account_id"], []))} for row in rows], SCHEMA)


def _of_accounts(told: pa.Table | None, what: str) -> dict[str, list[str]]:
    found = dict[str, set[str]]()
    for row in told.to_pylist() if told is not None else []:
        found.setdefault(row["account_id"], set()).add(row[what])
    return {account: sorted(of) for account, of in found.items()}


def _text(column: pd.Series) -> pd.Series:
    return column.astype(str)


def _forms(row: dict) -> dict:
    """``row`` with the forms of all that it says."""
    found = {name: row.get(name) for name in ("account_id", "since", "id_number", "birthday", *VERIFIED)}
    if name := names.parsed(row.get("name") or ""):
        found |= {"hanzi": name.hanzi, "name_key": name.key, "given": name.given, "family": name.family}
        found["written"] = f"{name.given} {name.family}".strip()
        found |= {"stands_for": list(name.stands_for), "is_chinese": name.is_chinese}
        found["name_words"] = len(name.key.split())
    if address := addresses.parsed(row.get("address") or ""):
        found |= {"address_key": address.key, "address_number": address.number or None}
        found |= {"address_unit": address.unit or None, "address_place": address.place or None}
    if email := row.get("email"):
        found |= {"email": email, "mailbox": re.sub("[._-]|[+@].*", "", email)}
    return found | _phone(row.get("phone") or "")


def _phone(text: str) -> dict:
    """Eleven digits, an American number's with its 1, and what masks leave of them: the first three and the last four.

    A Chinese mobile number without its country code can be read as an American one with it (150 3547 0004 as
    +1 503 547 0004); its digits are the same either way, and it has both masks.
    """
    if "*" in text:
        head, tail = re.match(r"\+?(\d*)", text), re.search(r"\d*$", text)
        shown = (head.group(1)[-3:] if head else "") + (tail.group()[-4:] if tail else "")
        return {"phone_masks": [shown]} if len(shown) == 7 else {}
    digits = re.sub(r"\D", "", text.removeprefix("+86"))
    if len(digits) < 7:
        return {}
    heads = {digits[1:4] if text.startswith("+1") else digits[:3]}
    if CHINESE_MOBILE.fullmatch(digits):
        heads.add(digits[:3])
    return {"phone_digits": digits, "phone_masks": sorted(head + digits[-4:] for head in heads)}


def _keys(row: dict, orders: list[str]) -> list[str]:
    """What two records may have in common that makes them worth a comparison, each rare in a town of any size."""
    said = {name: value for name, value in row.items() if value}
    words = said.get("name_key", "").split()
    keys = [f"{kind}:{said[kind]}" for kind in ("phone_digits", "email", "mailbox", "address_key") if kind in said]
    keys += [f"id:{said['id_number']}"] if "id_number" in said else []
    keys += [f"card:{card}" for card in row["cards"]] + [f"order:{order}" for order in orders]
    if born := said.get("birthday"):
        keys += [f"born:{born} {word[0]}" for word in words] or [f"born:{born}"]
    if place := said.get("address_place"):
        keys += [f"place:{place} {word}" for word in words]
        keys += [f"door:{place} {said.get('address_number')} {said.get('address_unit')}"]
    for mask in said.get("phone_masks", []):
        keys += [f"mask:{mask}", *([f"head:{mask[:3]} {said['name_key']}"] if words else [])]
    return sorted(set(keys))
