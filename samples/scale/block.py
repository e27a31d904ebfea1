"""What some customers do in the whole time of the world: from why to what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samples.complete_journey import FIRST_DAY
from samples.many_doors.accounts import Desk, Doors, open_accounts
from samples.many_doors.people import Person
from samples.scale import abuse, buying, goods, lives, orders


@dataclass
class Block:
    """``orders`` and ``lines`` hold what was sold and what went back, ``asked`` the orders with a ticket."""

    persons: list[Person]
    lives: lives.Lives
    complained: NDArray  # the day on which each left over a complaint; inf: never
    doors: dict[int, Doors]
    likes: list[list[str]]
    orders: pd.DataFrame
    lines: pd.DataFrame
    asked: pd.DataFrame
    sent: list[buying.Sent]


def happen(
    persons: list[Person], members: lives.Members, desk: Desk, prices: NDArray, days: int, first_order: int,
    draw: np.random.Generator,
) -> Block:  # fmt: skip
    """What is bought is known before who leaves over it: what would have come after that falls away."""
    of = lives.live([person.number for person in persons], members, days, draw)
    sent = buying.targets(of, days, draw)
    bought = buying.purchases(of, days, sent, draw)
    abuse.move_in(persons, of.home)
    doors = with_accounts(persons, of, bought, desk)
    abuse.pay_alike(persons, of.abuses, of.home, doors)
    likes = orders.likes(of, [doors[person.number] for person in persons])
    sold = orders.heads(bought, of, likes, draw)
    asked = orders.faults(sold, draw)
    complained = orders.leave(asked, of)
    complained[complained >= of.left] = np.inf
    of.left = np.minimum(of.left, complained)
    sold, asked, bought = (frame[frame["day"] < of.left[frame["who"]]] for frame in (sold, asked, bought))
    lines = priced(bought, prices).merge(sold[["who", "day", "door"]], "inner", ["who", "day"])
    back, lines_back = orders.back(lines, of, days, draw)
    every = orders.known(numbered(pd.concat([sold, back]), persons, first_order), doors, draw)
    numbers = every[["who", "day_number", "door", "is_back", "order"]].rename(columns={"day_number": "day"})
    of_lines = pd.concat([lines.assign(is_back=False), lines_back.assign(is_back=True, campaign=0)])
    of_lines = of_lines.merge(numbers, "inner", ["who", "day", "door", "is_back"]).sort_values(["order", "category"])
    asked = asked.merge(numbers[~numbers["is_back"]][["who", "day", "order"]], "inner", ["who", "day"])
    here = [(campaign, who[of.left[who] > campaign.starts]) for campaign, who in sent]
    return Block(persons, of, complained, doors, likes, every, of_lines.reset_index(drop=True), asked, here)


def numbered(every: pd.DataFrame, persons: list[Person], first_order: int) -> pd.DataFrame:
    """The orders by time, with whose they are; ``day`` becomes a date beside its number."""
    every = every.sort_values(["at", "who", "is_back"], ignore_index=True)
    whose = pd.DataFrame([(person.number, person.household) for person in persons], columns=["person", "household"])
    return every.assign(
        order=first_order + np.arange(len(every)), day=local_days(every["day"]), day_number=every["day"],
        **{name: whose[name].to_numpy()[every["who"]] for name in whose},
    )  # fmt: skip


def with_accounts(persons: list[Person], of: lives.Lives, bought: pd.DataFrame, desk: Desk) -> dict[int, Doors]:
    first = of.starts.copy()
    begun = bought.groupby("who")["day"].min()
    first[begun.index] = begun
    numbers = of.number.tolist()
    day = dict(zip(numbers, map(on, first.tolist()), strict=True))
    return open_accounts(persons, day, desk, dict(zip(numbers, map(on, of.came.tolist()), strict=True)))


def priced(bought: pd.DataFrame, prices: NDArray) -> pd.DataFrame:
    """In cents: what is ``paid``, what the ``card`` takes off; a manufacturer pays for the ``coupon``."""
    full = prices[bought["category"], bought["article"]] * bought["units"]
    cheap = goods.is_cheap(bought["category"].to_numpy(), bought["day"].to_numpy())
    card = (full * goods.CHEAPER * cheap).round().astype(int)
    coupon = np.where(bought["campaign"] > 0, goods.COUPON, 0)
    return bought.assign(paid=full - card, card=card, coupon=coupon)


def on(day: int) -> date:
    return FIRST_DAY + timedelta(days=day)


def local_days(numbers: pd.Series) -> pd.Series:
    """As dates; each is made once."""
    return numbers.map({number: on(number) for number in numbers.unique().tolist()}).astype(object)
