"""Which accounts the persons have at the doors, since when, and what each says of its owner."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from samples.complete_journey import FIRST_DAY
from samples.many_doors.people import Person
from samples.many_doors.spelling import Speller

NEVER = 10_000  # days after which a channel hears of a change


@dataclass
class Account:
    """``until``: when a newer one took its place; ``tells``: what its owner filled in; ``lag``: days until a change is
    told; ``proves``: what the channel verified."""

    door: str
    number: str
    person: Person
    opened: date
    hand: Speller
    lag: int
    until: date = date.max
    tells: set[str] = field(default_factory=set)
    proves: set[str] = field(default_factory=set)

    def says(self, kind: str, day: date) -> str:
        """What it says of its owner on a day; nothing where that was left out."""
        if kind not in self.tells:
            return ""
        known_on = max(min(self.opened, day), day - timedelta(days=self.lag))
        return self.hand.write(kind, self.person, self.person.on(kind, known_on))

    def changed_on(self, kinds: tuple[str, ...]) -> list[date]:
        """Days on which it comes to say something else."""
        days = {
            since + timedelta(days=self.lag) for kind in self.tells & {*kinds} for since, _ in self.person.since[kind]
        }
        return sorted(day for day in days if day > self.opened) if self.lag < NEVER else []


class Desk:
    """Opens accounts. A number is given once."""

    def __init__(self, seed: int, times: float) -> None:
        self.draw, self.seed, self.times = random.Random(f"accounts {seed}"), seed, times
        self.given: set[str] = set()

    def issued(self, first: date) -> date:
        """Seven in ten had their card before the year."""
        before = self.draw.random() < 0.7
        return FIRST_DAY - timedelta(days=self.draw.randrange(1, 900)) if before else first

    def cards(self, person: Person, issued: date) -> list[Account]:
        """A loyalty card, and the one that replaced it where it was lost."""
        cards = [self._opened("card", person, issued)]
        if self.draw.random() < 0.05:
            cards[0].until = max(issued, FIRST_DAY) + timedelta(days=self.draw.randrange(30, 330))
            cards.append(self._opened("card", person, cards[0].until))
        for card in cards:
            card.tells = self._filled_in(name=0, phone=0.1, email=0.3, address=0.15, birthday=0.2)
        return cards

    def apps(self, person: Person, first: date) -> list[Account]:
        """One in twelve opens a second account, and goes on with that."""
        if self.draw.random() >= 0.6:
            return []
        apps = [self._opened("app", person, first)]
        if self.draw.random() < 0.08:
            apps[0].until = first + timedelta(days=self.draw.randrange(30, 300))
            apps.append(self._opened("app", person, apps[0].until))
        for app in apps:
            app.tells = self._filled_in(name=0.1, birthday=0.7)
            app.proves = self.draw.choices([{"phone"}, {"email"}, {"phone", "email"}], [60, 25, 15])[0]
            app.tells |= app.proves | self._filled_in(phone=0.5, email=0.5)
        return apps

    def deliveries(self, person: Person, first: date) -> list[Account]:
        if self.draw.random() >= 0.4:
            return []
        account = self._opened("delivery", person, first)
        account.lag, account.tells = 0, {"name", "phone", "address"}
        return [account]

    def payments(self, person: Person, partners: list[Account]) -> list[Account]:
        """One or two payment cards; of a pair, one in four have one together."""
        if partners and self.draw.random() < 0.25:
            return partners[:1]
        many = 1 + (self.draw.random() < 0.4)
        return [self._opened("pay", person, FIRST_DAY) for _ in range(many)]

    def _opened(self, door: str, person: Person, day: date) -> Account:
        number = self._number({"card": "4{:07}", "app": "u{:07}", "delivery": "9{:09}", "pay": "tok_{:016x}"}[door])
        lag = NEVER if self.draw.random() < 0.1 else self.draw.randrange(0, 45)
        return Account(door, number, person, day, Speller(f"{self.seed} {number}", self.times), lag)

    def _number(self, form: str) -> str:
        while (found := form.format(self.draw.randrange(10**7))) in self.given:
            pass
        self.given.add(found)
        return found

    def _filled_in(self, **left_out: float) -> set[str]:
        return {kind for kind, share in left_out.items() if self.draw.random() >= share * self.times}


@dataclass
class Doors:
    """All accounts of a person."""

    cards: list[Account]
    apps: list[Account]
    deliveries: list[Account]
    payments: list[Account]

    def __iter__(self) -> Iterator[Account]:
        return iter((*self.cards, *self.apps, *self.deliveries, *self.payments))


def now(accounts: list[Account], day: date) -> Account:
    """Of accounts that follow each other, the one that is used on a day."""
    return next(account for account in accounts if day < account.until)


def open_accounts(
    persons: list[Person], first: dict[int, date], desk: Desk, issued: dict[int, date] | None = None
) -> dict[int, Doors]:
    """``first``: the day of each person's first basket; ``issued``: that of their card, where it is known."""
    found = dict[int, Doors]()
    for person in persons:
        day = first.get(person.number, FIRST_DAY)
        partners = found[person.number - 1].payments if person.is_second else []
        card_from = issued[person.number] if issued else desk.issued(day)
        of = (desk.cards(person, card_from), desk.apps(person, day), desk.deliveries(person, day))
        found[person.number] = Doors(*of, desk.payments(person, partners))
    return found
