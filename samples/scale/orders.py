"""What was bought becomes orders: when, through which door, what came of it, what went back."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samples.complete_journey import BUSINESS_DAY, FIRST_DAY
from samples.many_doors.accounts import Doors
from samples.many_doors.baskets import shown
from samples.scale.lives import DOORS, Lives

IN_THEIR_HOUR, THROUGH_THEIR_DOOR = 0.6, 0.8
FAULTS = {"store": 0.02, "app": 0.02, "delivery": 0.05}  # orders that lead to a ticket
SLOW, SLOW_DAYS = 0.3, (10, 40)  # share of tickets that stay open long, and how long
GOES_BACK = 0.015  # of the lines
BACK_AFTER, BACK_AFTER_USE = (1, 8), (10, 26)  # days; of others, of abusers
STORES = 20


def heads(bought: pd.DataFrame, lives: Lives, doors: list[list[str]], draw: np.random.Generator) -> pd.DataFrame:
    """One order for each customer and day. ``doors``: what each customer has, the one that they like first."""
    orders = bought[["who", "day"]].drop_duplicates(ignore_index=True)
    hour = np.where(
        draw.random(len(orders)) < IN_THEIR_HOUR, lives.hour[orders["who"]], draw.integers(7, 22, len(orders))
    )
    others, strays = draw.random(len(orders)), draw.random(len(orders)) >= THROUGH_THEIR_DOOR
    door = [
        doors[who][int(other * len(doors[who])) if stray else 0]
        for who, other, stray in zip(orders["who"], others, strays, strict=True)
    ]
    return at_hour(orders.assign(door=door, is_back=False), hour, draw)


def at_hour(orders: pd.DataFrame, hour: NDArray, draw: np.random.Generator) -> pd.DataFrame:
    """``at``: the instant of an order on its local day."""
    seconds = 3600 * hour + draw.integers(0, 3600, len(orders))
    local = pd.Timestamp(FIRST_DAY) + pd.to_timedelta(orders["day"], "D") + pd.to_timedelta(seconds, "s")
    return orders.assign(at=local.astype("datetime64[ns]").dt.tz_localize(BUSINESS_DAY).dt.tz_convert("UTC"))


def faults(orders: pd.DataFrame, draw: np.random.Generator) -> pd.DataFrame:
    """Orders that lead to a ticket within two days, when it is ``opened`` and ``closed``. Most are closed in a day or
    two."""
    asked = orders[draw.random(len(orders)) < orders["door"].map(FAULTS)]
    n = len(asked)
    opened = asked["at"] + pd.to_timedelta(draw.exponential(12, n).clip(1, 48), "h")
    is_slow = draw.random(n) < SLOW
    hours = np.where(is_slow, 24 * draw.uniform(*SLOW_DAYS, n), draw.gamma(2, 12, n).clip(0.5, 96))
    return asked.assign(opened=opened, closed=opened + pd.to_timedelta(hours, "h"), is_slow=is_slow)


def leave(asked: pd.DataFrame, lives: Lives) -> NDArray:
    """The day on which each customer has borne an open complaint for too long; inf: never."""
    bears = lives.bears[asked["who"]]
    waited = (asked["closed"] - asked["opened"]).dt.total_seconds() / 86400
    gone = asked.assign(gone=day_of(asked["opened"]) + bears)[waited.to_numpy() > bears]
    left = np.full(len(lives), np.inf)
    np.minimum.at(left, gone["who"].to_numpy(), gone["gone"].to_numpy())
    return left


def day_of(at: pd.Series) -> NDArray:
    """Local days since the first one."""
    return (
        at.dt.tz_convert(BUSINESS_DAY).dt.tz_localize(None).dt.normalize() - pd.Timestamp(FIRST_DAY)
    ).dt.days.to_numpy()


def back(lines: pd.DataFrame, lives: Lives, days: int, draw: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Orders and lines that go back, through the door where they were bought; from the platform nothing does. Who
    abuses returns brings back what was used."""
    some = lines[lines["door"] != "delivery"]
    some = some[draw.random(len(some)) < np.nan_to_num(lives.brings_back, nan=GOES_BACK)[some["who"]]]
    abuses = lives.abuses[some["who"]] == "returns"
    later = np.where(abuses, draw.integers(*BACK_AFTER_USE, len(some)), draw.integers(*BACK_AFTER, len(some)))
    some = some.assign(day=some["day"] + later)
    some = some[(some["day"] < days) & (some["day"] < lives.left[some["who"]])]
    some = some.groupby(["who", "day", "door", "category", "article"], as_index=False)[["units", "paid", "card"]].sum()
    some[["units", "paid", "card"]] *= -1
    orders = some[["who", "day", "door"]].drop_duplicates(ignore_index=True).assign(is_back=True)
    return at_hour(orders, lives.hour[orders["who"]], draw), some.assign(coupon=0)


def known(orders: pd.DataFrame, doors: dict[int, Doors], draw: np.random.Generator) -> pd.DataFrame:
    """With the ``account`` and ``payment`` that its door sees; what goes back is shown with the card."""
    shows, pays = draw.random((2, len(orders)))
    shows = np.where(orders["is_back"], 0, shows)
    columns = (orders[name] for name in ("door", "person", "day"))
    found = [
        shown(door, doors[person], day, *of)
        for door, person, day, *of in zip(*columns, shows.tolist(), pays.tolist(), strict=True)
    ]
    return orders.join(pd.DataFrame(found, orders.index, ["account", "payment"], str))


def likes(lives: Lives, doors: list[Doors]) -> list[list[str]]:
    """The doors that each customer has, the one that they like first; who likes one that they lack likes the store."""
    found = []
    for liked, of in zip(lives.door, doors, strict=True):
        has = [door for door, accounts in zip(DOORS, (of.cards, of.apps, of.deliveries), strict=True) if accounts]
        first = liked if liked in has else "store"
        found.append([first, *(door for door in has if door != first)])
    return found
