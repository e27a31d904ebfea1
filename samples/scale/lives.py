"""Why the customers of a block do what they do: drawn before anything happens."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from samples.scale import abuse
from samples.scale.goods import CATEGORIES

BEFORE = 0.6  # of customers, who were members when the world begins
TRIPS, SHARES_OF_TRIPS = (3, 7, 14), (0.25, 0.55, 0.2)  # days between two trips to the shop
HOURS = np.array([2, 3, 4, 5, 6, 7, 5, 4, 4, 6, 8, 9, 7, 4, 2])  # how many like each hour from 7 to 21
DOORS, SHARES_OF_DOORS = ("store", "app", "delivery"), (0.55, 0.25, 0.2)
WATCH_PRICES, TIMES_WHEN_CHEAP = 0.3, (2, 6)
LEAVE_IN_30_DAYS = 0.03
TOUCHY, BEARS = 0.35, (5, 16)  # share of customers; days that they bear an open complaint
BROUGHT, WORKS, TALKERS = 0.25, 0.7, 0.1
TRIES = 20  # to find somebody who is there and could have brought a newcomer


@dataclass
class Lives:
    """An array each, of a customer's block; days are counted from the first one, and may lie before it."""

    number: NDArray
    came: NDArray
    every: NDArray  # a column a category: days between purchases, nan where it is never bought
    trip: NDArray
    phase: NDArray
    hour: NDArray
    door: NDArray
    price: NDArray  # how many times as much is bought when it is cheap
    bears: NDArray
    left: NDArray  # inf: never
    abuses: NDArray  # "": nothing; else one of ``abuse.KINDS``
    home: NDArray  # place of whom they live with, their own if nobody
    brings_back: NDArray  # share of the lines, of who abuses returns; nan of others
    uses_coupons: NDArray  # chance of each time, of who abuses coupons or has many accounts; nan of others
    referrer: NDArray  # 0: nobody
    worked: NDArray

    def __len__(self) -> int:
        return len(self.number)

    @property
    def starts(self) -> NDArray:
        return np.maximum(self.came, 0)


@dataclass
class Members:
    """Everybody so far, in order: what must be known of them to say whom they brought."""

    number: list[int] = field(default_factory=list)
    came: list[int] = field(default_factory=list)
    left: list[float] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)  # summed up
    card: dict[int, str] = field(default_factory=dict)

    def add(self, number: int, came: int, left: float, weight: float) -> None:
        self.number.append(number)
        self.came.append(came)
        self.left.append(left)
        self.weight.append(weight + (self.weight[-1] if self.weight else 0))

    def who_brought(self, day: int, draw: np.random.Generator) -> int:
        """Somebody who came before and is there; 0 where nobody was found."""
        for chance in draw.random(TRIES):
            n = bisect_right(self.weight, chance * self.weight[-1]) if self.weight else -1
            if 0 <= n < len(self.number) and self.came[n] < day < self.left[n]:
                return self.number[n]
        return 0


def live(numbers: list[int], members: Members, days: int, draw: np.random.Generator) -> Lives:
    """The lives of the next customers, who are added to the members."""
    n = len(numbers)
    [apart] = draw.spawn(1)  # all else is as if nobody abused anything
    came = np.where(draw.random(n) < BEFORE, -draw.integers(1, 900, n), draw.integers(1, max(days, 2), n))
    trip = draw.choice(TRIPS, n, p=SHARES_OF_TRIPS)
    lives = Lives(
        number=np.array(numbers),
        came=came,
        every=rhythms(n, draw),
        trip=trip,
        phase=np.where(came > 0, came % trip, draw.integers(0, trip)),
        hour=7 + draw.choice(len(HOURS), n, p=HOURS / HOURS.sum()),
        door=draw.choice(DOORS, n, p=SHARES_OF_DOORS),
        price=np.where(draw.random(n) < WATCH_PRICES, draw.uniform(*TIMES_WHEN_CHEAP, n), 1.0),
        bears=np.where(draw.random(n) < TOUCHY, draw.integers(*BEARS, n), np.inf),
        left=np.maximum(came, 0) + 1 + draw.exponential(30 / LEAVE_IN_30_DAYS, n),
        **of_abuse(draw.random(n), apart),
        referrer=np.zeros(n, int),
        worked=np.zeros(n, bool),
    )
    bring(lives, members, draw)
    return lives


def of_abuse(chance: NDArray, draw: np.random.Generator) -> dict[str, NDArray]:
    abuses, home = abuse.kinds(chance, draw)
    back, coupons = (abuse.evenly(abuses, draw, of) for of in (abuse.BRINGS_BACK, abuse.USES_COUPONS))
    return {"abuses": abuses, "home": home, "brings_back": back, "uses_coupons": coupons}


def rhythms(n: int, draw: np.random.Generator) -> NDArray:
    """Who is quick is quick in all categories; each has its own pace beside. Everybody buys something."""
    quick = draw.lognormal(0, 0.35, (n, 1))
    every = draw.lognormal(0, 0.35, (n, len(CATEGORIES))) * quick * [of.every for of in CATEGORIES]
    buys = draw.random(every.shape) < [of.share for of in CATEGORIES]
    buys[np.arange(n), draw.integers(0, 3, n)] |= ~buys.any(axis=1)
    return np.where(buys, np.maximum(every, 3), np.nan)


def bring(lives: Lives, members: Members, draw: np.random.Generator) -> None:
    """Who brought whom. Who could leave over a complaint brings nobody; one in ten brings ten times as many."""
    chance, works, talks = draw.random((3, len(lives)))
    for n, number in enumerate(lives.number.tolist()):
        came = int(lives.came[n])
        if came > 0 and chance[n] < BROUGHT and (by := members.who_brought(came, draw)):
            lives.referrer[n], lives.worked[n] = by, works[n] < WORKS
            start = came + 1
            lives.left[n] = start + 2 * (lives.left[n] - start) if lives.worked[n] else came + 14
        weight = (10 if talks[n] < TALKERS else 1) * math.isinf(lives.bears[n])
        members.add(number, came, float(lives.left[n]), weight)
