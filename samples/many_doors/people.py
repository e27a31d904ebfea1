"""Who lives in the households: generated persons, and what changes in their lives in the year."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import product

from faker import Faker
from pypinyin import lazy_pinyin

from samples.complete_journey import FIRST_DAY

EVER = date(2000, 1, 1)
AREAS = """201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251
252 253 254 256 260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318 319 320
321 323 325 330 331 334 336 337 339 347 351 352 360 361 386 401 402 404 405 406 407 408 409 410 412 413"""
MOBILE = "130 131 135 136 137 138 139 150 151 158 159 186 187 188"
MAIL = ("example.com", "example.net", "example.org")
KINDS = ("name", "phone", "email", "address")


@dataclass
class Person:
    """``name``, ``phone``, ``email``, ``address``: what each was since when, the oldest first."""

    number: int
    household: int
    locale: str
    is_woman: bool
    given: str
    birthday: date
    is_second: bool = False  # of the household
    since: dict[str, list[tuple[date, str]]] = field(default_factory=dict)

    def on(self, kind: str, day: date) -> str:
        """What it was on a day."""
        return [value for since, value in self.since[kind] if since <= day][-1]

    def changes(self, kind: str, day: date, value: str) -> None:
        self.since[kind].append((day, value))

    @property
    def is_chinese(self) -> bool:
        return self.locale == "zh_CN"


class Town:
    """Draws persons, each value once."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(f"people {seed}")
        self.fakers = {locale: Faker(locale) for locale in ("en_US", "zh_CN")}
        for faker in self.fakers.values():
            faker.seed_instance(seed)
        self.taken: set[str] = set()

    @cached_property
    def numbers(self) -> list[str]:
        """Numbers that no American has: 555-0100 to 555-0199 of each area."""
        every = [f"+1{area}55501{last:02}" for area, last in product(AREAS.split(), range(100))]
        self.draw.shuffle(every)
        return every

    def household(self, number: int, first: int) -> list[Person]:
        """One or two persons, numbered from ``first``."""
        locale = "zh_CN" if self.draw.random() < 0.3 else "en_US"
        one = self._person(first, number, locale, self._family(locale))
        both = [one]
        if self.draw.random() < 0.2:
            both.append(self._other(one))
            for kind in ("address", "phone"):
                both[1].since[kind] = one.since[kind]  # one home, one telephone
        self._year(both)
        return both

    def _person(self, number: int, household: int, locale: str, family: str) -> Person:
        is_woman = self.draw.random() < 0.5
        faker = self.fakers[locale]
        given = faker.first_name_female() if is_woman else faker.first_name_male()
        born = date(1935, 1, 1) + timedelta(days=self.draw.randrange(64 * 365))
        one = Person(number, household, locale, is_woman, given, born)
        one.since = {"name": [(EVER, full(locale, given, family))], "phone": [(EVER, self._phone(locale))]}
        one.since |= {"address": [(EVER, self._address(locale))], "email": [(EVER, self._email(one))]}
        return one

    def _other(self, one: Person) -> Person:
        """A twin, a parent or child of the same name, or a partner."""
        kind, name = self.draw.random(), one.on("name", EVER)
        family = name.removesuffix(one.given) if one.is_chinese else name.rpartition(" ")[2]
        keeps_own = one.is_chinese or self.draw.random() < 0.3
        theirs = family if kind < 0.2 or not keeps_own else self._family(one.locale)
        other = self._person(one.number + 1, one.household, one.locale, theirs)
        other.is_second = True
        if kind < 0.1:
            other.birthday = one.birthday
        elif kind < 0.2:
            other.given, other.is_woman = one.given, one.is_woman
            other.birthday = one.birthday + timedelta(days=self.draw.randrange(20 * 365, 38 * 365))
            other.since["name"] = list(one.since["name"])
            other.since["email"] = [(EVER, self._email(other))]
        return other

    def _year(self, both: list[Person]) -> None:
        """What changes in the year."""
        if self.draw.random() < 0.1:
            both[0].changes("address", self._day(), self._address(both[0].locale))
        for person in both:
            if self.draw.random() < 0.08 and not person.is_second:
                person.changes("phone", self._day(), self._phone(person.locale))
            if person.is_woman and not person.is_chinese and self.draw.random() < 0.05:
                person.changes("name", self._day(), full(person.locale, person.given, self._family(person.locale)))
            if self.draw.random() < 0.05:
                person.changes("email", self._day(), self._email(person))

    def _day(self) -> date:
        return FIRST_DAY + timedelta(days=self.draw.randrange(20, 340))

    def _family(self, locale: str) -> str:
        return self.fakers[locale].last_name()

    def _address(self, locale: str) -> str:
        faker = self.fakers[locale]
        if locale == "zh_CN":
            draw = self.draw.randrange
            place = f"{faker.province()}{faker.city()}{faker.district()}区{faker.street_name()}"
            return self._once(lambda: f"{place}{draw(1, 900)}号{draw(1, 30)}单元{draw(101, 2500)}室")
        return self._once(lambda: faker.address().replace("\n", ", "))

    def _phone(self, locale: str) -> str:
        if locale == "zh_CN" and self.draw.random() < 0.7:
            prefix = self.draw.choice(MOBILE.split())
            return self._once(lambda: f"+86{prefix}{self.draw.randrange(10**8):08}")
        return self.numbers.pop()

    def _email(self, person: Person) -> str:
        words = [latin(word) for word in person.on("name", date.max).split(" ")]
        form = self.draw.choice(("{0}.{1}{n}", "{0}{n}", "{1}{n}", "{0}_{1}{n}"))

        def drawn() -> str:
            mailbox = form.format(words[0], words[-1], n=self.draw.choice(("", self.draw.randrange(1, 999))))
            return f"{mailbox}@{self.draw.choice(MAIL)}"

        return self._once(drawn)

    def _once(self, drawn: Callable[[], str]) -> str:
        while (found := drawn()) in self.taken:
            pass
        self.taken.add(found)
        return found


def full(locale: str, given: str, family: str) -> str:
    return f"{family}{given}" if locale == "zh_CN" else f"{given} {family}"


def latin(name: str) -> str:
    """A name in small Latin letters."""
    return re.sub("[^a-z]", "", "".join(lazy_pinyin(name)).lower())


def people(households: list[int], seed: int) -> list[Person]:
    """The persons of the households, who are numbered from 1."""
    town, found = Town(seed), list[Person]()
    for number in households:
        found += town.household(number, len(found) + 1)
    return found
