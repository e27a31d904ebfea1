"""What customers write to the desk and in reviews: put together from sentences, with the persons that they name."""

from __future__ import annotations

import random
from dataclasses import dataclass

from faker import Faker

AROUND = {
    "en_US": (
        (
            "My name is {me}, please call me on {phone}.",
            "You can write to {email}.",
            "I live at {address}.",
            "{other} at the till told me to write here.",
            "The driver, {other}, left it with a neighbour.",
            "Please talk to my wife {other} instead.",
            "Last week I already spoke with Ms. {other_family}.",
            "",
        ),
        ("Thanks, {me}", "- {given}", "Regards,\n{me}\n{phone}", "Please help.", "Waiting for your answer."),
    ),
    "zh_CN": (
        (
            "我叫{me}，请打我的电话{phone}。",
            "请发邮件到{email}。",
            "我的地址是{address}。",
            "快递员{other}把东西放错了地方。",
            "请联系我的家人{other}。",
            "上周和{other_family}女士谈过。",
            "",
        ),
        ("谢谢，{me}", "请尽快处理。", "——{me}", "电话：{phone}"),
    ),
}  # of a ticket, what it is about (``needs.py``)
WHAT = {"me": "name", "given": "name", "phone": "phone", "email": "email", "address": "address"}
WHAT |= {"other": "unknown name", "other_given": "unknown name", "other_family": "unknown name"}


@dataclass(frozen=True)
class Text:
    """``names``: what in it is personal: the kind, and how it is written."""

    text: str
    names: tuple[tuple[str, str], ...]


class Writer:
    """Puts texts together. Persons of whom nobody else hears come from a Faker of their own."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(f"texts {seed}")
        self.fakers = {locale: Faker(locale) for locale in ("en_US", "zh_CN")}
        for faker in self.fakers.values():
            faker.seed_instance(seed + 1)

    def write(self, sentences: dict, locale: str, **known: str) -> Text:
        """``known``: what fills the templates (``me``, ``given``, ``phone``), beside persons that are made up here."""
        faker, between = self.fakers[locale], " " if locale == "en_US" else ""
        given, family = faker.first_name(), faker.last_name()
        known |= {"other_given": given, "other_family": family}
        known["other"] = f"{family}{given}" if locale == "zh_CN" else f"{given} {family}"
        chosen = [self.draw.choice(of) for of in sentences[locale]]
        template = between.join(part for part in chosen if part)
        named = [(kind, known[slot]) for slot, kind in WHAT.items() if f"{{{slot}}}" in template]
        return Text(template.format(**known), tuple(named))
