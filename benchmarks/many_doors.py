"""A world of many doors as identity takes it: what accounts said, who paid with what; and who is behind them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa

from jobs.vault.normal import normal

REGIONS = ("US", "CN")
SAID = ("name", "phone", "is_phone_verified", "email", "is_email_verified", "address", "birthday")
SCHEMA = pa.schema(
    [("account_id", pa.string()), ("since", pa.date32())]
    + [(kind, pa.bool_() if kind.startswith("is_") else pa.string()) for kind in SAID]
)
OF_PAID = pa.schema([("account_id", pa.string()), ("payment_card", pa.string()), ("since", pa.date32())])


def records(landing: Path) -> pa.Table:
    """What all accounts said, first night of each thing."""
    told = dict[tuple, date]()
    for night, account, said in _told(landing):
        key = (account, *(said.get(kind) for kind in SAID))
        told[key] = min(night, told.get(key, night))
    rows = (
        {"account_id": key[0], "since": since, **dict(zip(SAID, key[1:], strict=True))} for key, since in told.items()
    )
    return pa.Table.from_pylist(list(rows), SCHEMA)


def paid(landing: Path) -> pa.Table:
    """Which account paid with which card, since when; who showed no card at the till is known by that alone."""
    found = dict[tuple[str, str], date]()
    for file, night in _files(landing, "store/sales"):
        with file.open() as lines:
            for row in csv.DictReader(lines):
                if card := row["payment_card"]:
                    account = f"card:{row['card_id']}" if row["card_id"] else f"pay:{card}"
                    found.setdefault((account, card), night)
    for file, night in _files(landing, "app/orders"):
        for line in file.read_text().splitlines():
            order = json.loads(line)
            if order["payment_card"]:
                found.setdefault((f"app:{order['account_id']}", order["payment_card"]), night)
    rows = [{"account_id": account, "payment_card": card, "since": on} for (account, card), on in found.items()]
    return pa.Table.from_pylist(rows, OF_PAID)


def quoted(landing: Path) -> pa.Table:
    """Orders that tickets name: whose they are, and who asks."""
    asked = dict[str, set[str]]()
    for file, _ in _files(landing, "service/tickets"):
        for row in map(json.loads, file.read_text().splitlines()):
            said = _said(row["from"], "phone email")
            for order in re.findall("[A-Za-z0-9_-]{6,}", row["text"]):
                asked.setdefault(order, set()).add(f"service:{said['phone'] or said['email']}")
    rows = [(account, order) for account, order in _placed(landing) if order in asked]
    rows += [(account, order) for order in {order for _, order in rows} for account in asked[order]]
    named = [dict(zip(("account_id", "order_id"), row, strict=True)) for row in sorted(set(rows))]
    return pa.Table.from_pylist(named, pa.schema([("account_id", pa.string()), ("order_id", pa.string())]))


def _placed(landing: Path) -> Iterator[tuple[str, str]]:
    """Accounts and their orders."""
    for file, _ in _files(landing, "store/sales"):
        with file.open() as lines:
            for row in csv.DictReader(lines):
                if row["card_id"] or row["payment_card"]:
                    card = f"card:{row['card_id']}" if row["card_id"] else f"pay:{row['payment_card']}"
                    yield card, row["basket_id"]
    for file, _ in _files(landing, "app/orders"):
        for order in map(json.loads, file.read_text().splitlines()):
            yield f"app:{order['account_id']}", str(order["order_id"])
    for file, _ in _files(landing, "delivery/orders"):
        with file.open(encoding="gb18030") as lines:
            for row in csv.DictReader(lines):
                yield f"delivery:{row['用户编号']}", row["订单号"]


def _told(landing: Path) -> Iterator[tuple[date, str, dict]]:
    for file, night in _files(landing, "crm/members"):
        with file.open() as lines:
            for row in csv.DictReader(lines):
                yield night, f"card:{row['card_id']}", _said(row, "name phone email address birthday")
    for file, night in _files(landing, "app/accounts"):
        for row in map(json.loads, file.read_text().splitlines()):
            phone, email = row.get("phone") or {}, row.get("email") or {}
            flat = row | {"phone": phone.get("number"), "email": email.get("address")}
            proved = {"is_phone_verified": phone.get("verified"), "is_email_verified": email.get("verified")}
            yield night, f"app:{row['account_id']}", _said(flat, "name phone email birthday") | proved
    for file, night in _files(landing, "delivery/orders"):
        with file.open(encoding="gb18030") as lines:
            for row in csv.DictReader(lines):
                flat = {"name": row["收货人"], "phone": row["手机号"], "address": row["收货地址"]}
                yield night, f"delivery:{row['用户编号']}", _said(flat, "name phone address")
    for file, night in _files(landing, "service/tickets"):
        for row in map(json.loads, file.read_text().splitlines()):
            said = _said(row["from"], "name phone email")
            yield night, f"service:{said['phone'] or said['email']}", said


def _files(landing: Path, feed: str) -> list[tuple[Path, date]]:
    return [(file, date.fromisoformat(file.parent.name)) for file in sorted((landing / feed).glob("*/*"))]


KEPT = dict[tuple[str, str], str]()


def _said(row: dict, kinds: str) -> dict[str, str | None]:
    for kind in kinds.split():
        if (text := row.get(kind)) and (kind, text) not in KEPT:
            KEPT[kind, text] = normal(kind, text, REGIONS)[0]
    return {kind: KEPT[kind, row[kind]] if row.get(kind) else None for kind in kinds.split()}


def persons(folder: Path) -> dict[str, set[str]]:
    """Who is behind each account, by its id. Whose baskets a payment card paid where no card was shown, is behind
    ``pay:``."""
    found = dict[str, set[str]]()
    for row in pd.read_csv(folder / "accounts.csv", dtype=str).itertuples():
        if row.door == "service":
            kind = "email" if "@" in row.number else "phone"
            found.setdefault(f"service:{normal(kind, row.number, REGIONS)[0]}", set()).add(row.person)
        elif row.door != "pay":
            found.setdefault(f"{row.door}:{row.number}", set()).add(row.person)
    orders = pd.read_csv(folder / "orders.csv", dtype=str, keep_default_na=False)
    for row in orders[(orders["account"] == "") & (orders["payment"] != "")].itertuples():
        found.setdefault(f"pay:{row.payment}", set()).add(row.person)
    return found


def households(folder: Path) -> dict[str, str]:
    """The household of each person."""
    told = pd.read_csv(folder / "persons.csv", dtype=str)
    return dict(zip(told["person"], told["household"], strict=True))
