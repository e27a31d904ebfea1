"""A small town, its people, and what their accounts say of them."""

from datetime import date
from functools import cache

import pyarrow as pa

from jobs.identity import model
from jobs.identity.prepared import prepare
from jobs.vault.normal import normal
from samples.many_doors.accounts import Account, Desk, open_accounts
from samples.many_doors.baskets import masked
from samples.many_doors.people import people

DAY = date(2017, 12, 31)
KINDS = ("name", "phone", "email", "address", "birthday")
SAID = (*KINDS, "is_phone_verified", "is_email_verified")
RECORDS = pa.schema(
    [("account_id", pa.string()), ("since", pa.date32())]
    + [(kind, pa.bool_() if kind.startswith("is_") else pa.string()) for kind in SAID]
)
PAID = pa.schema([("account_id", pa.string()), ("payment_card", pa.string())])


def records(*rows: dict) -> pa.Table:
    return pa.Table.from_pylist([{"since": DAY} | row for row in rows], RECORDS)


def said(account: Account) -> dict:
    told = {kind: account.says(kind, DAY) for kind in KINDS[:-1]}
    if account.door == "delivery":
        told["phone"] = masked(account.person.on("phone", DAY))
    if "birthday" in account.tells:
        told["birthday"] = account.person.birthday.isoformat()
    proved = {f"is_{kind}_verified": kind in account.proves for kind in ("phone", "email")}
    plain = {kind: normal(kind, text, ("US", "CN"))[0] for kind, text in told.items() if text}
    return {"account_id": f"{account.door}:{account.number}", **plain, **proved}


@cache
def town(households: int = 250, seed: int = 5) -> tuple[pa.Table, pa.Table, dict[str, int]]:
    """``records`` and ``paid`` of all accounts, and who is behind each."""
    persons = people([*range(1, households + 1)], seed)
    doors = open_accounts(persons, {person.number: date(2017, 1, 2) for person in persons}, Desk(seed, 1))
    named = [(of, number) for number, every in doors.items() for of in (*every.cards, *every.apps, *every.deliveries)]
    paid = [
        {"account_id": f"{of.door}:{of.number}", "payment_card": card.number}
        for every in doors.values()
        for card in every.payments
        for of in (*every.cards, *every.apps)
    ]
    owners = {f"{of.door}:{of.number}": number for of, number in named}
    return records(*(said(of) for of, _ in named)), pa.Table.from_pylist(paid, PAID), owners


@cache
def trained() -> model.Model:
    return model.fit(prepare(*town()[:2]))
