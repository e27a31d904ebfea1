"""Who abuses what the shop grants, and who merely lives with many: drawn before anything happens."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samples.many_doors.accounts import Doors
from samples.many_doors.people import Person

KINDS = ("returns", "coupons", "accounts")
ABUSE = 0.005  # share of customers, a third of them each kind
BRINGS_BACK, TIMES = {"returns": (0.1, 0.4)}, (1, 4)  # share of the lines; coupons of one campaign
USES_COUPONS = {"coupons": (0.4, 0.9), "accounts": (0.3, 0.7)}  # chance of each time, of each account
ACCOUNTS, FLAT, IN_FLATS = (4, 8), (3, 6), 0.01  # customers at one address; those of flats are many persons


def kinds(chance: NDArray, draw: np.random.Generator) -> tuple[NDArray, NDArray]:
    """Of each customer what they abuse, "" being nothing, and the place of whom they live with, their own if nobody.
    ``chance``: evenly drawn. What looks like many customers with accounts is one person."""
    each = ABUSE / len(KINDS)
    found = np.full(len(chance), "", dtype="<U8")
    home = np.arange(len(chance))
    for kind, sizes, share in (("", FLAT, IN_FLATS), ("accounts", ACCOUNTS, each)):
        for first in np.flatnonzero(chance < share / np.mean(np.arange(*sizes))):
            rest = slice(first, first + draw.integers(*sizes))
            home[rest], found[rest] = first, kind
    is_alone = home == np.arange(len(home))
    for kind, share in (("returns", 2 * each), ("coupons", each)):
        found[is_alone & (chance > 1 - share)] = kind
    return found, home


def evenly(abuses: NDArray, draw: np.random.Generator, of_kinds: dict[str, tuple[float, float]]) -> NDArray:
    """Each customer's own share, by kind; nan of others."""
    found = np.full(len(abuses), np.nan)
    for kind, (low, high) in of_kinds.items():
        found = np.where(abuses == kind, draw.uniform(low, high, len(abuses)), found)
    return found


def move_in(persons: list[Person], home: NDArray) -> None:
    """Who lives with somebody has their address, and moves with them."""
    for person, first in zip(persons, home.tolist(), strict=True):
        person.since["address"] = persons[first].since["address"]


def pay_alike(persons: list[Person], abuses: NDArray, home: NDArray, doors: dict[int, Doors]) -> None:
    """Accounts that are one person's pay with one person's cards."""
    for n in np.flatnonzero(abuses == "accounts"):
        doors[persons[n].number].payments = doors[persons[home[n]].number].payments
