"""An address in parts: number, street, unit, place, postcode; American, Chinese, or whatever it is."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

#: Street words and what the post shortens them to (USPS Publication 28, appendix C1, the frequent ones).
WORDS = """street:st avenue:ave av:ave road:rd drive:dr lane:ln court:ct place:pl boulevard:blvd circle:cir
highway:hwy parkway:pkwy square:sq terrace:ter trail:trl way:wy crossing:xing turnpike:tpke junction:jct
heights:hts island:is islands:iss mountain:mtn valley:vly village:vlg station:sta north:n south:s east:e west:w
fort:ft saint:st mount:mt"""
SHORT = dict(pair.split(":") for pair in WORDS.split())
UNIT = re.compile(r"(?:\b(?:suite|ste|apartment|apt|unit|room|rm|flat|floor|fl)\b\.?|#)\s*#?\s*([a-z0-9-]+)")
PLACE = re.compile(r"(.*?[省市区县州盟旗])(?=[^省市区县州盟旗]*$)")
HANZI = re.compile("[\u3400-\u9fff]")
WORD, LETTERS = re.compile("[a-z0-9#]+"), re.compile("[a-z]+")
NUMBER, POSTCODE = re.compile(r"\d+"), re.compile(r"\b(\d{4,6})(?:-\d{4})?\s*$")


class Address(NamedTuple):
    """``key``: all of it, normalised; ``place``: the postcode, or the town where there is none."""

    key: str
    number: str
    unit: str
    place: str


@cache
def parsed(text: str) -> Address | None:
    """None where there is neither letter nor digit."""
    small = text.casefold()
    found = _chinese(small) if HANZI.search(small) else _western(small)
    return found if found.key else None


def _chinese(text: str) -> Address:
    """Province, town, district, street, then numbers: of the house, the stairs, the room, however they are parted."""
    head, numbers = re.match(r"\D*", text), re.findall(r"\d+", text)
    words = "".join(re.findall("[\u3400-\u9fffa-z]", head.group() if head else ""))
    inside, place = numbers[1:], PLACE.match(words)
    key = "|".join([words, *numbers])
    return Address(key, numbers[0] if numbers else "", "-".join(inside), place.group(1) if place else "")


def _western(text: str) -> Address:
    unit = UNIT.search(text)
    whole = UNIT.sub(r" # \1 ", text) if unit else text
    words = [SHORT.get(word, word) for word in WORD.findall(whole)]
    number, postcode = NUMBER.match(text), POSTCODE.search(text)
    place = postcode.group(1) if postcode else "".join(LETTERS.findall(whole.rpartition(",")[2]))
    return Address(" ".join(words), number.group() if number else "", unit.group(1) if unit else "", place)
