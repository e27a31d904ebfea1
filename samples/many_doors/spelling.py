"""How somebody writes down what is true: nicknames, pinyin, typing errors, short forms, nothing at all."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

from pypinyin import lazy_pinyin

from samples.many_doors.people import Person

PAIRS = """William:Bill Robert:Bob James:Jim John:Jack Michael:Mike Richard:Rick Thomas:Tom Charles:Chuck Joseph:Joe
Christopher:Chris Daniel:Dan Matthew:Matt Anthony:Tony Steven:Steve Andrew:Andy Kenneth:Ken Joshua:Josh Edward:Ed
Timothy:Tim Jeffrey:Jeff Nicholas:Nick Jonathan:Jon Samuel:Sam Benjamin:Ben Gregory:Greg Alexander:Alex Patrick:Pat
Elizabeth:Liz Jennifer:Jen Patricia:Pat Barbara:Barb Susan:Sue Margaret:Maggie Kimberly:Kim Deborah:Debbie Jessica:Jess
Cynthia:Cindy Kathleen:Kathy Rebecca:Becky Christine:Chris Katherine:Kate Samantha:Sam Pamela:Pam Victoria:Vicky
Stephanie:Steph Amanda:Mandy Sandra:Sandy"""
NICKNAMES = dict(pair.split(":") for pair in PAIRS.split())
SHORT = {" Street": " St", " Avenue": " Ave", " Road": " Rd", " Drive": " Dr", " Lane": " Ln", " Court": " Ct"}
SHORT |= {" Suite ": " Ste ", " Apt. ": " #", "单元": "-", "号": "-"}
DIAL = {
    "+1": ("({0}) {1}-{2}", "{0}-{1}-{2}", "+1 {0} {1} {2}", "{0}{1}{2}", "{0}.{1}.{2}"),
    "+86": ("{0}{1}{2}", "{0} {1} {2}", "+86 {0} {1} {2}", "{0}-{1}-{2}"),
}


@dataclass
class Speller:
    """One hand for each account: the same thing is written the same way until it changes."""

    seed: str
    times: float = 1
    written: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)

    def write(self, kind: str, person: Person, value: str) -> str:
        if (kind, value) not in self.written:
            hand = {"phone": self._phone, "email": self._email, "address": self._address}.get(kind)
            self.written[kind, value] = hand(value) if hand else self._name(person, value)
        return self.written[kind, value]

    def leaves_out(self) -> bool:
        return self.is_so(0.15)

    def is_so(self, share: float) -> bool:
        return self.draw.random() < share * self.times

    def _name(self, person: Person, name: str) -> str:
        if person.is_chinese:
            return romanized(name, person.given, self.draw) if self.draw.random() < 0.4 else name
        given, _, family = name.rpartition(" ")
        given = NICKNAMES.get(given, given) if self.is_so(0.1) else given
        full = f"{given} {family}"
        full = mistyped(full, self.draw) if self.is_so(0.03) else full
        return {0: full.upper(), 1: full.lower()}.get(self.draw.randrange(20), full)

    def _phone(self, phone: str) -> str:
        country = "+1" if phone.startswith("+1") else "+86"
        digits = phone.removeprefix(country)
        if self.is_so(0.01):
            n = self.draw.randrange(3, len(digits) - 1)
            digits = digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :]
        return self.draw.choice(DIAL[country]).format(digits[:3], digits[3:-4], digits[-4:])

    def _email(self, email: str) -> str:
        mailbox, _, host = email.partition("@")
        email = f"{mistyped(mailbox, self.draw)}@{host}" if self.is_so(0.01) else email
        return email.title() if self.draw.random() < 0.05 else email

    def _address(self, address: str) -> str:
        if self.draw.random() < 0.4:
            for long, short in SHORT.items():
                address = address.replace(long, short)
        return mistyped(address, self.draw) if self.is_so(0.05) else address


def romanized(name: str, given: str, draw: random.Random) -> str:
    """In pinyin, the family name first or last."""
    family, given = ("".join(lazy_pinyin(part)).title() for part in (name.removesuffix(given), given))
    return draw.choice((f"{family} {given}", f"{given} {family}"))


def mistyped(text: str, draw: random.Random) -> str:
    """Two letters swapped, one gone, or one twice."""
    places = [found.start() for found in re.finditer(r"\w(?=\w)", text)]
    if not places:
        return text
    n = draw.choice(places)
    return draw.choice(
        (text[:n] + text[n + 1] + text[n] + text[n + 2 :], text[:n] + text[n + 1 :], text[:n] + text[n] + text[n:])
    )


def masked(phone: str) -> str:
    """As a delivery platform shows a number, which is given with its country code: 138****1234."""
    digits = phone.removeprefix("+86").removeprefix("+1")
    return f"{digits[:3]}****{digits[-4:]}"
