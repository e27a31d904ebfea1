"""What customers write to the desk and in reviews: put together from sentences, with the persons that they name."""

from __future__ import annotations

import random
from dataclasses import dataclass

from faker import Faker

TICKETS = {
    "en_US": (
        (
            "My order {order} never arrived.",
            "The bag of order {order} was wet.",
            "I was charged twice for {order}.",
            "Half of {order} was missing.",
            "The {product} from order {order} was past its date.",
        ),
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
            "订单{order}一直没有送到。",
            "订单{order}少了东西。",
            "订单{order}的{product}过期了。",
            "{order}被重复扣款了。",
        ),
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
}
REVIEWS = {
    "en_US": (
        ("Love this {product}.", "The {product} is fine.", "Not what I expected of {product}.", "We buy it weekly."),
        ("My son {other_given} eats nothing else.", "Tastes as it did at my mother's.", "Packed well;\narrived cold.",
         "A bit dear, \"premium\" they say.", ""),
        ("Would buy again.", "Never again!", "Three of five.", "- {given}", ""),
    ),
    "zh_CN": (
        ("{product}很好吃。", "{product}一般。", "这次的{product}不太新鲜。", "每周都买。"),
        ("我女儿{other}特别喜欢。", "包装很好，\n还是冷的。", "价格有点贵，说是\"精品\"。", ""),
        ("会再买。", "不会再买了！", "——{me}", ""),
    ),
}  # fmt: skip
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
