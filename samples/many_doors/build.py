"""The whole world, from the real lines to the files of each door."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from samples.complete_journey import FIRST_DAY, MONEY, lines_sold, products, table
from samples.many_doors import accounts, baskets, contact, crm, events, people, truth


def build(
    landing: Path, beside: Path, until: date, seed: int = 1, times: float = 1, households: int | None = None
) -> dict[str, int]:
    """Lines written, by feed. ``beside``: where the truth goes; ``times``: how much noise; ``households``: of the first
    ones alone. The same arguments give the same files; another ``until`` cuts the same world elsewhere."""
    # money as objects would take a while
    lines = lines_sold().to_pandas(types_mapper={MONEY: pd.ArrowDtype(MONEY)}.get)
    numbers = sorted(lines["household_id"].unique().tolist())[:households]
    lines = lines[lines["household_id"].isin(numbers)]
    persons = people.people(numbers, seed)
    by_number = {person.number: person for person in persons}
    carried = baskets.carried(lines, persons, seed)
    first = carried.groupby("person")["day"].min().to_dict()
    doors = accounts.open_accounts(persons, first, accounts.Desk(seed, times))
    carried = baskets.through_doors(carried, doors, seed)
    lines = lines.merge(carried[["basket_id", "person", "door", "account", "payment"]], "left", "basket_id")
    of = {door: lines[lines["door"] == door] for door in ("store", "app", "delivery")}
    categories = _categories()
    bands = {row["household_id"]: row for row in table("demographics").to_pylist()}
    sundays = pd.date_range(FIRST_DAY, until, freq="7D").date
    many = {
        "store/sales": baskets.at_the_store(of["store"], landing, until),
        "app/orders": baskets.in_the_app(of["app"], landing, until),
        "delivery/orders": baskets.by_delivery(of["delivery"], by_number, doors, landing, until),
        "store, marketing": products(landing) + crm.on_cards(persons, carried, doors, landing, until),
        "crm/members": crm.members(persons, doors, bands, landing, sundays),
        "crm/consents": crm.consents(doors, landing, until, seed),
        "crm/referrals": crm.referrals(doors, landing, until, seed),
        "app/accounts": baskets.app_accounts(persons, doors, landing, until),
        "app/events": events.events(lines, carried, doors, categories, landing, until, seed),
    }
    many["service/tickets"], tickets = contact.tickets(carried, by_number, landing, until, seed, times)
    many["reviews/posts"], reviews = contact.reviews(of["app"], by_number, categories, landing, until, seed)
    truth.write(beside, persons, doors, carried, tickets, reviews)
    return many


def _categories() -> dict[int, str]:
    """Each product's category; nothing for one without."""
    known = table("products").to_pandas()
    found = known["product_category"].fillna("").str.replace('"', "")
    return dict(zip(known["product_id"], found, strict=True))
