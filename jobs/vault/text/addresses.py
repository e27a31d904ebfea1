"""Postal addresses in a text, as they are written in the United States and in China."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from jobs.vault.text.words import HAN, Span, either

ZIP = r"\d{4,6}(?:-\d{4})?"
STATE = rf"(?:{either('states')})"
UNIT = (
    r"(?:[, ]+(?:apt|apartment|suite|ste|unit|room|rm|floor|fl|flat|bldg|building|no|#)\.? ?#? ?[a-z]?\d[\w-]*"
    r"|[, ]+#? ?\d+[a-z]?\b)"
)
NAMED = rf"(?:(?!(?:{either('counted')})\b)[^\W\d_][\w.'-]{{0,30}}|\d{{1,3}}(?:st|nd|rd|th))"
CITY = rf"(?-i:(?<!\w)[^\W\d_a-z{HAN}][\w.'-]{{0,30}}(?: [^\W\d_][\w.'-]{{0,30}}){{0,3}})"
NUMBER = r"(?<![\w$€£#.-])\d{1,6}(?:-\d{1,4})?[a-z]?,?"

#: In no name of a place, or before one in every other sentence.
OUTSIDE = "是在到住址寄送从往给的了我你他她们您与为叫请把被说想要就也不没有这那去很还会再，。！？；：、,.!?;:"
PLACE = rf"[^\W\d_A-Za-z{OUTSIDE}省市县区路街巷弄]"
OF_AREA = "(?:自治区|自治州|特别行政区|省|市|县|区|旗|镇|乡|街道|村)"
OF_ROAD = "(?:大道|大街|胡同|路|街|巷|弄|道|小区|花园|公寓|大厦|广场|新村|苑|里)"
FIRST_AREA, AREA = rf"{PLACE}{{1,8}}?{OF_AREA}", rf"{PLACE}{{0,8}}?{OF_AREA}"
FIRST_ROAD, ROAD = rf"{PLACE}{{1,10}}?{OF_ROAD}", rf"{PLACE}{{0,10}}?{OF_ROAD}"
ZH_NUMBER, ZH_UNITS = "[0-9A-Za-z〇零一二三四五六七八九十百]{1,6}", "号楼院弄栋幢座单元室层户房"
ZH_UNIT = rf"\s?{ZH_NUMBER}(?:\s?[{ZH_UNITS}]{{1,2}}|[-#](?={ZH_NUMBER})|(?<=\d))"
CHINESE = re.compile(
    rf"(?:(?:(?:中国)?(?:{either('provinces')}){AREA}|{AREA}\s?{AREA})"
    rf"\s?(?:{AREA}\s?){{0,4}}(?:{ROAD}\s?){{0,3}}(?:{PLACE}{{0,10}}\d+[{ZH_UNITS}#-])?(?:{ZH_UNIT}){{0,8}}"
    rf"|{FIRST_AREA}\s?(?:{ROAD}\s?){{1,3}}(?:{ZH_UNIT}){{0,8}}"
    rf"|{FIRST_ROAD}\s?(?:{ROAD}\s?){{0,2}}(?:{ZH_UNIT}){{1,8}}"
    rf"|(?:\d{{1,4}}(?:号楼|栋|幢|座|单元)){{1,3}}\d{{1,5}}(?:室|号|户|房)?)"
    r"(?:[ ,，]{0,2}(?:邮编[:： ]?)?[1-9]\d{5}(?!\d))?|邮编\D{0,3}\d{6}"
)


@cache
def _american() -> re.Pattern[str]:
    ends, weak = either("street_ends"), either("streets")
    some, town = rf"(?:{NAMED}[ ,]+){{1,5}}?", rf"\.?[, \n]+{CITY},? (?-i:{STATE})\b(?:[ ,]+{ZIP})?"
    tail = rf"(?:\.?(?: (?:n|s|e|w|ne|nw|se|sw)\b))?(?:\.?{UNIT})*(?:{town}|,? {ZIP}\b)?"
    return re.compile(
        rf"{NUMBER}[ ,]+(?:{NAMED}{UNIT}?[ ,\n]+){{1,8}}?(?:(?-i:{STATE})[ ,]+{ZIP}|(?<=, )(?:{STATE}) \d{{5}})\b"
        rf"|{NUMBER} {some}(?:{ends})\b{tail}|{NUMBER} {some}(?-i:{_capital(weak)})\b{tail}"
        rf"|\bp\.? ?o\.? ?box #?\d+(?:{town})?"
        rf"|(?:\b(?:psc|unit|cmr) \d+,? box \d+|\b(?-i:USNS|USS|USCGC|USNV) \w+)"
        rf"(?:[, \n]+(?:apo|fpo|dpo),? (?:aa|ae|ap) {ZIP})?"
        rf"|{CITY}, (?-i:{STATE})\b(?:[ ,]+{ZIP})?|\b(?-i:{STATE}) {ZIP}\b|\bzip(?: ?code)?\W{{1,3}}(?:is )?{ZIP}\b"
        r"|\b(?-i:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b",  # a British postcode
        re.I,
    )


def _capital(ends: str) -> str:
    """Ends that count with a capital alone: "2 nice views" are none."""
    return "|".join(end.capitalize() for end in ends.split("|"))


def addresses(text: str) -> Iterator[Span]:
    yield from (Span(*found.span(), "address") for found in _american().finditer(text))
    if re.search(f"[{HAN}]", text):
        yield from (Span(*found.span(), "address") for found in CHINESE.finditer(text))
