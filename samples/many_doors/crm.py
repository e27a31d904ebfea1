"""The CRM's files: weekly snapshots of the members, their consents, who brought whom; and what hangs on their cards."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pyarrow as pa

from samples.complete_journey import FIRST_DAY, campaigns, redemptions, table
from samples.many_doors.accounts import Account, Doors, now
from samples.many_doors.people import Person

PURPOSES = {"service": 1.0, "analytics": 0.95, "profiling": 0.8, "marketing": 0.6}
BANDS = ("age", "income", "home_ownership", "marital_status", "household_size", "household_comp", "kids_count")
TOLD = ("name", "phone", "email", "address")


def members(persons: list[Person], doors: dict[int, Doors], landing: Path, until: date) -> int:
    """Every Sunday all cards issued so far, and what their owners are known by; demographics are the household's."""
    bands = {row["household_id"]: row for row in table("demographics").to_pylist()}
    cards = [(card, person) for person in persons for card in doors[person.number].cards]
    head, many = ("card_id", "household_id", "joined_on", *TOLD, "birthday", *BANDS), 0
    for day in pd.date_range(FIRST_DAY, until, freq="7D").date:
        rows = [_member(card, person, bands, day) for card, person in cards if card.opened <= day]
        many += _write(landing, "crm/members", day, head, rows)
    return many


def _member(card: Account, person: Person, bands: dict[int, dict], day: date) -> list:
    told = [card.says(kind, day) for kind in TOLD]
    birthday = person.birthday if "birthday" in card.tells else ""
    of_household = bands.get(person.household, {})
    return [
        card.number,
        person.household,
        card.opened,
        *told,
        birthday,
        *(of_household.get(band) or "" for band in BANDS),
    ]


def consents(doors: dict[int, Doors], landing: Path, until: date, seed: int) -> int:
    """Given with the card; one in 17 is taken back in the year. A line when it is given, and again when it is not."""
    draw, lines = random.Random(f"consents {seed}"), list[tuple[date, list]]()
    for card in (card for of in doors.values() for card in of.cards):
        for purpose, share in PURPOSES.items():
            is_given, is_withdrawn = draw.random() < share, draw.random() < 0.06 and purpose != "service"
            night = max(card.opened, FIRST_DAY)
            back = night + timedelta(days=draw.randrange(1, 360))
            if is_given:
                lines.append((night, [card.number, purpose, card.opened, ""]))
            if is_given and is_withdrawn:
                lines.append((back, [card.number, purpose, card.opened, back]))
    return _by_day(lines, landing, "crm/consents", ("card_id", "purpose", "given_on", "withdrawn_on"), until)


def referrals(doors: dict[int, Doors], landing: Path, until: date, seed: int) -> int:
    """One new member in seven was brought by an older one, whoever that was."""
    draw, lines = random.Random(f"referrals {seed}"), list[tuple[date, list]]()
    cards = sorted((of.cards[0] for of in doors.values()), key=lambda card: (card.opened, card.number))
    for n, card in enumerate(cards):
        if card.opened >= FIRST_DAY and draw.random() < 1 / 7:
            lines.append((card.opened, [cards[draw.randrange(n)].number, card.number, card.opened]))
    return _by_day(lines, landing, "crm/referrals", ("card_id", "referred_card_id", "referred_on"), until)


def on_cards(persons: list[Person], baskets: pd.DataFrame, doors: dict[int, Doors], landing: Path, until: date) -> int:
    """Redemptions and campaign targets of the households, by the card of who carried a basket that day, else of the
    household's first."""
    firsts = {person.household: person.number for person in persons if not person.is_second}
    carriers = dict(zip(zip(baskets["household_id"], baskets["day"], strict=True), baskets["person"], strict=True))

    def by_card(frame: pa.Table, days: Iterable[date]) -> pa.Table:
        households = frame["household_id"].to_pylist()
        is_here = [household in firsts for household in households]
        cards = [
            now(doors[carriers.get((household, day), firsts[household])].cards, day).number
            if household in firsts
            else None
            for household, day in zip(households, days, strict=True)
        ]
        return (
            frame.drop_columns(["household_id"]).append_column("card_id", pa.array(cards, pa.string())).filter(is_here)
        )

    redeemed, targets = table("coupon_redemptions"), table("campaigns")
    on = [day.date() for day in redeemed["redemption_date"].to_pylist()]
    many = redemptions(by_card(redeemed, on), landing, until)
    return many + campaigns(by_card(targets, [FIRST_DAY] * targets.num_rows), landing, until)


def _by_day(lines: list[tuple[date, list]], landing: Path, feed: str, head: Iterable[str], until: date) -> int:
    nights: dict[date, list[list]] = {}
    for night, line in lines:
        nights.setdefault(night, []).append(line)
    return sum(_write(landing, feed, night, head, of) for night, of in sorted(nights.items()) if night <= until)


def _write(landing: Path, feed: str, night: date, head: Iterable[str], rows: Iterable[list]) -> int:
    folder = landing / feed / night.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{feed.partition('/')[2]}.csv").open("w", encoding="utf-8", newline="") as file:
        writer, written = csv.writer(file), list(rows)
        writer.writerow(head)
        writer.writerows(written)
    return len(written)
