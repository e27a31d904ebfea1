"""The truth of the world, beside the landing zone: who is behind what. No job may read it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from samples.deliveries import write_csv, write_jsonl
from samples.many_doors.accounts import Doors
from samples.many_doors.people import KINDS, Person
from samples.many_doors.texts import Text

PERSONS = ("person", "household", "locale", "birthday", "kind", "since", "value")
OF_ORDERS = ("door", "account", "payment", "person")


def write(
    folder: Path,
    persons: list[Person],
    doors: dict[int, Doors],
    baskets: pd.DataFrame,
    tickets: Iterable[tuple[str, str, int, Text]],
    texts: Iterable[tuple[str, Text]],
) -> None:
    """``persons.csv``: what each person ever was called and where they could be reached, a row each; ``accounts.csv``:
    whose each account is, at the service desk by how it was reached; ``orders.csv``: who carried each basket;
    ``texts.jsonl``: what is personal in each text."""
    folder.mkdir(parents=True, exist_ok=True)
    of_persons = (
        (person.number, person.household, person.locale, person.birthday, kind, since, value)
        for person in persons
        for kind in KINDS
        for since, value in person.since[kind]
    )
    write_csv(folder / "persons.csv", PERSONS, of_persons)
    accounts = [(of.door, of.number, number) for number, every in doors.items() for of in every]
    reached = [("service", contact, number) for _, contact, number, _ in tickets]
    write_csv(folder / "accounts.csv", ("door", "number", "person"), dict.fromkeys(accounts + reached))
    carried = baskets[["basket_id", *OF_ORDERS]].itertuples(index=False)
    write_csv(folder / "orders.csv", ("order_id", *OF_ORDERS), carried)
    every = [*((number, text) for number, _, _, text in tickets), *texts]
    write_jsonl(folder / "texts.jsonl", ({"id": number, "personal": text.names} for number, text in every))
