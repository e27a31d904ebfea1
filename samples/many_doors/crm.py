"""The CRM's files: snapshots of the members, their consents, who brought whom; and what hangs on their cards."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import compress
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from samples.complete_journey import FIRST_DAY, campaigns, redemptions, table
from samples.deliveries import by_night, place, write_csv
from samples.many_doors.accounts import Account, Doors, now
from samples.many_doors.people import Person

PURPOSES = {"service": 1.0, "analytics": 0.95, "profiling": 0.8, "marketing": 0.6}
BANDS = ("age", "income", "home_ownership", "marital_status", "household_size", "household_comp", "kids_count")
TOLD = ("name", "phone", "email", "address")


def members(
    persons: list[Person], doors: dict[int, Doors], bands: dict[int, dict], landing: Path, days: Iterable[date]
) -> int:
    """On each of the days all cards issued so far, and what their owners are known by; demographics are the
    household's."""
    cards = [(card, person) for person in persons for card in doors[person.number].cards]
    head, many = ("card_id", "household_id", "joined_on", *TOLD, "birthday", *BANDS), 0
    for day in days:
        rows = (_member(card, person, bands, day) for card, person in cards if card.opened <= day)
        many += write_csv(place(landing, "crm/members", day, "members.csv"), head, rows)
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
    head = ("card_id", "purpose", "given_on", "withdrawn_on")
    nights = by_night(lines, until)
    return sum(write_csv(place(landing, "crm/consents", night, "consents.csv"), head, of) for night, of in nights)


def referrals(doors: dict[int, Doors], landing: Path, until: date, seed: int) -> int:
    """One new member in seven was brought by an older one, whoever that was."""
    draw, lines = random.Random(f"referrals {seed}"), list[tuple[date, list]]()
    cards = sorted((of.cards[0] for of in doors.values()), key=lambda card: (card.opened, card.number))
    for n, card in enumerate(cards):
        if card.opened >= FIRST_DAY and draw.random() < 1 / 7:
            lines.append((card.opened, [cards[draw.randrange(n)].number, card.number, card.opened]))
    head = ("card_id", "referred_card_id", "referred_on")
    nights = by_night(lines, until)
    return sum(write_csv(place(landing, "crm/referrals", night, "referrals.csv"), head, of) for night, of in nights)


def on_cards(persons: list[Person], baskets: pd.DataFrame, doors: dict[int, Doors], landing: Path, until: date) -> int:
    """Redemptions and campaign targets of the households, by the card of who carried a basket that day, else of the
    household's first."""
    firsts = {person.household: person.number for person in persons if not person.is_second}
    carriers = dict(zip(zip(baskets["household_id"], baskets["day"], strict=True), baskets["person"], strict=True))

    def by_card(frame: pa.Table, days: Iterable[date]) -> pa.Table:
        is_here = pc.is_in(frame["household_id"], pa.array(firsts))
        here, days_here = frame.filter(is_here), compress(days, is_here.to_pylist())
        households = zip(here["household_id"].to_pylist(), days_here, strict=True)
        carried = [(carriers.get((household, day), firsts[household]), day) for household, day in households]
        cards = pa.array([now(doors[number].cards, day).number for number, day in carried], pa.string())
        return here.drop_columns(["household_id"]).append_column("card_id", cards)

    redeemed, targets = table("coupon_redemptions"), table("campaigns")
    on = [day.date() for day in redeemed["redemption_date"].to_pylist()]
    many = redemptions(by_card(redeemed, on), landing, until)
    return many + campaigns(by_card(targets, [FIRST_DAY] * targets.num_rows), landing, until)
