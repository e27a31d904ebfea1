"""A name in forms that can be compared: Hanzi and Latin letters, any order, what nicknames stand for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from nicknames import NickNamer
from pypinyin import lazy_pinyin

HANZI = re.compile("[\u3400-\u9fff]+")
WORD, JOINED = re.compile("[a-z]+"), re.compile("[\u0300-\u036f'’.-]")
TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "jr", "sr", "ii", "iii", "iv", "md", "dds", "dvm"}
TITLES |= {"phd", "esq"}
#: Family names of two characters; all others have one.
COMPOUND = "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 司徒 夏侯 长孙 宇文 端木 南宫 独孤 百里"
INITIALS = "zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]"
FINALS = "iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ui|ao|ou|iu|ie|ue|ve|er|an|en|in|un|vn|ia|ua|uo|[aoeiuv]"
PINYIN = re.compile(f"(?:(?:{INITIALS})?(?:{FINALS})){{1,3}}")


class Name(NamedTuple):
    """``key``: the Latin words in order of the alphabet, so that family name first or last is one; ``stands_for``: the
    given name and the names that it may be short for; ``is_chinese``: Hanzi, or words that are all pinyin."""

    hanzi: str | None
    key: str
    given: str
    family: str
    stands_for: tuple[str, ...]
    is_chinese: bool


@cache
def parsed(text: str) -> Name | None:
    """None where there is no letter in it."""
    if found := "".join(HANZI.findall(text)):
        cut = 2 if len(found) > 2 and found[:2] in COMPOUND.split() else 1
        family, given = _pinyin(found[:cut]), _pinyin(found[cut:])
        return Name(found, _key((given, family)), given, family, (given,), True)
    before, comma, after = text.partition(",")
    words = latin(f"{after} {before}" if comma else text)
    if not words:
        return None
    given, family = words[0], words[-1] if len(words) > 1 else ""
    is_chinese = len(words) == 2 and all(PINYIN.fullmatch(word) for word in words)
    stands_for = words if is_chinese else _whole_names(given)
    return Name(None, _key((given, family)), given, family, tuple(stands_for), is_chinese)


def latin(text: str) -> list[str]:
    """Words in small letters without accents, titles left out; a hyphen or apostrophe joins."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    words = WORD.findall(JOINED.sub("", plain))
    return [word for word in words if word not in TITLES] or words


def _key(words: Sequence[str]) -> str:
    return " ".join(sorted(filter(None, words)))


@cache
def _pinyin(hanzi: str) -> str:
    return "".join(lazy_pinyin(hanzi))


@cache
def _whole_names(given: str) -> tuple[str, ...]:
    """A given name and those that it may be short for."""
    return given, *sorted(_nicknames().canonicals_of(given))


@cache
def _nicknames() -> NickNamer:
    return NickNamer()
