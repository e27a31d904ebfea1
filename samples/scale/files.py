"""The files of a block of customers, as the doors of many doors write them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from samples.complete_journey import FIRST_DAY
from samples.deliveries import by_night, place, write_csv
from samples.many_doors import baskets, crm, events
from samples.many_doors.accounts import now
from samples.many_doors.people import Person
from samples.scale import goods, orders
from samples.scale.block import Block, on

WEEKS = 4  # between two files of all members
OPENS_THE_APP = 0.1  # share of orders through other doors before which somebody looks in the app
NAMES = {n: of.name for n, of in enumerate(goods.CATEGORIES)}
PRODUCTS = {goods.number(n, article): name for n, name in NAMES.items() for article in range(goods.ARTICLES)}
AGES = ((25, "19-24"), (35, "25-34"), (45, "35-44"), (55, "45-54"), (65, "55-64"), (200, "65+"))


def sold(block: Block, landing: Path, until: date, seed: int, part: str) -> dict[str, int]:
    """Sales, and what people did in the app before."""
    carried = as_baskets(block)
    lines = as_lines(block, carried)
    of = {door: lines[lines["door"] == door] for door in ("store", "app", "delivery")}
    persons = {person.number: person for person in block.persons}
    draw = np.random.default_rng([seed, 6])
    looks = ~carried["is_back"] & ((carried["door"] == "app") | (draw.random(len(carried)) < OPENS_THE_APP))
    looked = carried[looks]
    return {
        "store/sales": baskets.at_the_store(of["store"], landing, until),
        "app/orders": baskets.in_the_app(of["app"], landing, until),
        "delivery/orders": baskets.by_delivery(of["delivery"], persons, block.doors, landing, until),
        "app/events": events.events(lines, looked, block.doors, PRODUCTS, landing, until, seed, part),
        "store/redemptions": redeemed(block, carried, landing, until),
    }


def as_baskets(block: Block) -> pd.DataFrame:
    carried = block.orders.rename(columns={"order": "basket_id", "household": "household_id"})
    instants = pa.array(carried["at"]).cast(pa.timestamp("s", "UTC"))
    stamps = pc.strftime(instants, "%Y-%m-%dT%H:%M:%SZ").to_pandas()
    return carried.assign(store_id=301 + carried["household_id"] % orders.STORES, transaction_timestamp=stamps)


def as_lines(block: Block, carried: pd.DataFrame) -> pd.DataFrame:
    """In the columns of the tills of the Complete Journey, whose order they write."""
    lines = block.lines
    head = carried.set_index("basket_id").loc[lines["order"]].reset_index()
    return pd.DataFrame(
        {
            "household_id": head["household_id"],
            "store_id": head["store_id"],
            "basket_id": head["basket_id"],
            "product_id": goods.number(lines["category"], lines["article"]),
            "quantity": lines["units"],
            "sales_value": money(lines["paid"]),
            "retail_disc": money(lines["card"]),
            "coupon_disc": money(lines["coupon"]),
            "coupon_match_disc": money(lines["coupon"] * 0),
            "week": head["day_number"] // 7 + 1,
        }
        | {name: head[name] for name in ("transaction_timestamp", "at", "day", "person", "door", "account", "payment")}
    )


def money(cents: pd.Series) -> pd.Series:
    return pa.array(cents / 100).cast(pa.decimal128(18, 2)).to_pandas()


def redeemed(block: Block, carried: pd.DataFrame, landing: Path, until: date) -> int:
    """Coupons at the tills, where a card was shown: a file a day, with a header only where nobody did."""
    used = block.lines[block.lines["campaign"] > 0]
    shown = carried[(carried["door"] == "store") & (carried["account"] != "")].set_index("basket_id")
    used = used[used["order"].isin(shown.index)]
    days, head = dict[date, list](), ("card_id", "coupon_upc", "campaign_id", "redemption_date")
    for order, campaign in zip(used["order"], used["campaign"], strict=True):
        day = shown.at[order, "day"]
        days.setdefault(day, []).append((shown.at[order, "account"], goods.coupon(campaign), campaign, day))
    every = pd.date_range(FIRST_DAY, until).date
    return sum(
        write_csv(place(landing, "store/redemptions", day, "redemptions.csv"), head, days.get(day, ())) for day in every
    )


def accounts(block: Block, landing: Path, until: date, seed: int) -> dict[str, int]:
    """The member file every four weeks, what members allowed, accounts of the app."""
    persons, doors = block.persons, block.doors
    bands = {person.household: {"age": age(person)} for person in persons if not person.is_second}
    days = pd.date_range(FIRST_DAY, until, freq=f"{7 * WEEKS}D").date
    return {
        "crm/members": crm.members(persons, doors, bands, landing, days),
        "crm/consents": crm.consents(doors, landing, until, seed),
        "app/accounts": baskets.app_accounts(persons, doors, landing, until),
    }


def age(person: Person) -> str:
    return next(band for below, band in AGES if FIRST_DAY.year - person.birthday.year < below)


def sent(block: Block, landing: Path, until: date) -> int:
    """Whom each campaign is sent to, by the card that they have on the day before."""
    lines, doors = list[tuple[date, tuple]](), [block.doors[person.number] for person in block.persons]
    for campaign, whom in block.sent:
        night = campaign.starts_on - timedelta(days=1)
        lines += ((night, (campaign.number, now(doors[who].cards, night).number)) for who in whom)
    head, nights = ("campaign_id", "card_id"), by_night(lines, until)
    return sum(write_csv(place(landing, "marketing/targets", night, "targets.csv"), head, of) for night, of in nights)


def referrals(block: Block, cards: dict[int, str], landing: Path, until: date) -> int:
    lives, lines = block.lives, list[tuple[date, tuple]]()
    for person, came, by in zip(block.persons, lives.came.tolist(), lives.referrer.tolist(), strict=True):
        if by:
            lines.append((on(came), (cards[by], cards[person.number], on(came))))
    head, nights = ("card_id", "referred_card_id", "referred_on"), by_night(lines, until)
    return sum(write_csv(place(landing, "crm/referrals", night, "referrals.csv"), head, of) for night, of in nights)
