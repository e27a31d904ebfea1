"""Which person carried which basket through which door; the files of the three doors that sell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from samples.complete_journey import sales
from samples.deliveries import by_night, place, write_jsonl
from samples.many_doors.accounts import Account, Doors, now
from samples.many_doors.people import Person
from samples.many_doors.spelling import masked

#: The delivery platform's header, in the order of ``by_delivery``.
HEADER = "订单号,用户编号,收货人,手机号,收货地址,门店编号,商品编号,数量,实付金额,会员优惠,优惠券,商家补贴,下单时间"
OF_ORDER = ("day", "basket_id", "account", "store_id", "transaction_timestamp", "payment")
MONEY = ("sales_value", "retail_disc", "coupon_disc", "coupon_match_disc")


def carried(lines: pd.DataFrame, persons: list[Person], seed: int) -> pd.DataFrame:
    """One row per basket: ``basket_id``, ``day``, ``at``, ``store_id``, ``person``. Of two persons the first carries
    three baskets in five."""
    baskets = lines.groupby("basket_id", sort=True)[["household_id", "store_id", "day", "at"]].first().reset_index()
    draw = np.random.default_rng([seed, 1])
    ones = {person.household: person.number for person in persons if not person.is_second}
    pairs = {person.household for person in persons if person.is_second}
    is_other = baskets["household_id"].isin(pairs) & (draw.random(len(baskets)) > 0.6)
    baskets["person"] = baskets["household_id"].map(ones) + is_other
    return baskets.sort_values(["at", "basket_id"], ignore_index=True)


def through_doors(baskets: pd.DataFrame, doors: dict[int, Doors], seed: int) -> pd.DataFrame:
    """``door``, ``account`` (none in the store where no card is shown) and ``payment`` of each basket."""
    draw = np.random.default_rng([seed, 2])
    shares = {
        number: (draw.beta(2, 7) * bool(of.apps), draw.beta(2, 8) * bool(of.deliveries))
        for number, of in sorted(doors.items())
    }
    chance, shows, pays = draw.random((3, len(baskets)))
    found = []
    for n, (number, day) in enumerate(zip(baskets["person"], baskets["day"], strict=True)):
        app, delivery = shares[number]
        door = "app" if chance[n] < app else "delivery" if chance[n] < app + delivery else "store"
        found.append((door, *shown(door, doors[number], day, shows[n], pays[n])))
    return baskets.assign(**dict(zip(("door", "account", "payment"), zip(*found, strict=True), strict=True)))


def shown(door: str, of: Doors, day: date, shows: float, pays: float) -> tuple[str, str]:
    """The account and the payment card that a door sees; ``shows`` and ``pays`` are chances."""
    with_card = of.payments[0 if pays < 0.6 else -1].number if pays < 0.75 or door != "store" else ""
    of_door = {"app": of.apps, "delivery": of.deliveries, "store": of.cards}[door]
    account = now(of_door, day).number if door != "store" or shows < 0.8 else ""
    return account, "" if door == "delivery" else with_card


def at_the_store(lines: pd.DataFrame, landing: Path, until: date) -> int:
    """As the tills have them: a CSV file a day."""
    told = lines.drop(columns=["household_id", "person", "door"])
    told = told.rename(columns={"account": "card_id", "payment": "payment_card"})
    table = pa.Table.from_pandas(told, preserve_index=False)
    for name in ("card_id", "payment_card"):
        empty = pc.equal(table[name], "")
        table = table.set_column(table.column_names.index(name), name, pc.if_else(empty, None, table[name]))
    return sales(table, landing, until)


def in_the_app(lines: pd.DataFrame, landing: Path, until: date) -> int:
    """An object an order, with its items."""
    some = lines[lines["day"] <= until].sort_values(["day", "basket_id"], kind="stable")
    columns = (some[name] for name in (*OF_ORDER, "product_id", "quantity", *MONEY))
    for day, of_day in groupby(zip(*columns, strict=True), itemgetter(0)):
        orders = (_order(head, of) for head, of in groupby(of_day, itemgetter(slice(len(OF_ORDER)))))
        write_jsonl(place(landing, "app/orders", day, "orders.jsonl"), orders)
    return len(some)


def _order(head: tuple, lines: Iterable[tuple]) -> dict:
    _, number, account, store, at, payment = head
    return {
        "order_id": str(number),
        "account_id": account,
        "store_id": str(store),
        "placed_at": at,
        "payment_card": payment or None,
        "items": [_item(*line[len(OF_ORDER) :]) for line in lines],
    }


def _item(product: int, quantity: int, paid: object, card: object, coupon: object, match: object) -> dict:
    money = {"paid": paid, "member_discount": card, "coupon": coupon, "coupon_match": match}
    return {"product_id": str(product), "quantity": quantity} | {name: str(of) for name, of in money.items()}


def by_delivery(
    lines: pd.DataFrame, persons: dict[int, Person], doors: dict[int, Doors], landing: Path, until: date
) -> int:
    """The platform's export: a line an article, GB18030, Shanghai's clock."""
    some = lines[lines["day"] <= until]
    heads = some.groupby("basket_id", sort=True)[["at", "person", "day"]].first()
    clock = heads["at"].dt.tz_convert("Asia/Shanghai").dt.strftime("%Y-%m-%d %H:%M:%S")
    said: dict[int, tuple[str, str, str]] = {}
    for order, number, day in zip(heads.index, heads["person"], heads["day"], strict=True):
        [account], person = doors[number].deliveries, persons[number]
        name, address = (account.says(kind, day) for kind in ("name", "address"))
        said[order] = (name, masked(person.on("phone", day)), address)
    for day, of_day in some.groupby("day"):
        rows = [HEADER]
        columns = (of_day[name] for name in ("basket_id", "account", "store_id", "product_id", "quantity", *MONEY))
        for order, account, store, *rest in zip(*columns, strict=True):
            name, phone, address = said[order]
            rows.append(",".join(map(str, (order, account, name, phone, f'"{address}"', store, *rest, clock[order]))))
        text = "\r\n".join(rows) + "\r\n"
        place(landing, "delivery/orders", day, "订单.csv").write_bytes(text.encode("gb18030"))
    return len(some)


def app_accounts(persons: list[Person], doors: dict[int, Doors], landing: Path, until: date) -> int:
    """An object an account, when it is opened, and again when it says something else of its owner."""
    accounts = (account for person in persons for account in doors[person.number].apps)
    told = (
        (day, _app_account(account, day))
        for account in accounts
        for day in (account.opened, *account.changed_on(("name", "phone", "email")))
    )
    nights = by_night(told, until)
    return sum(write_jsonl(place(landing, "app/accounts", night, "accounts.jsonl"), of) for night, of in nights)


def _app_account(account: Account, day: date) -> dict:
    birthday = f"{account.person.birthday}" if "birthday" in account.tells else None
    told: dict[str, object] = {"account_id": account.number, "opened_at": f"{account.opened}T12:00:00Z"}
    told |= {"name": account.says("name", day) or None, "birthday": birthday}
    told |= {
        kind: {word: account.says(kind, day), "verified": kind in account.proves}
        for kind, word in (("phone", "number"), ("email", "address"))
        if kind in account.tells
    }
    return told
