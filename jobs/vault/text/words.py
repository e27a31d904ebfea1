"""What the rules for texts share: spans, a text as it is looked at, and the lists of words."""

from __future__ import annotations

import importlib.resources
import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

HAN = "\u3400-\u9fff\uf900-\ufaff"
#: A word of letters that are not Chinese, with what joins its parts.
WORD = re.compile(rf"[^\W\d_{HAN}]+(?:['\-][^\W\d_{HAN}]+)*")
#: Characters that nobody sees, and that part a number or a name in two.
UNSEEN = re.compile("[\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff]|(?<=\\w)\u200d(?=\\w)")
DASHES, APOSTROPHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63", "\u2018\u2019\u02bc`\u00b4"
ALIKE = dict.fromkeys(DASHES, "-") | dict.fromkeys(APOSTROPHES, "'")


class Span(NamedTuple):
    """Where something stands in a text, and what it is."""

    start: int
    end: int
    kind: str


def cleaned(text: str) -> str:
    """The same for the eye: letters composed, without what nobody sees."""
    return UNSEEN.sub("", unicodedata.normalize("NFC", text))


def plain(text: str) -> str:
    """As it is looked at, character for character: wide letters and digits narrow, one dash, one apostrophe."""
    return text if text.isascii() else "".join(map(_alike, text))


@lru_cache(1 << 16)
def _alike(character: str) -> str:
    one = ALIKE.get(character) or unicodedata.normalize("NFKC", character)
    return one if len(one) == 1 else character


@cache
def words(name: str) -> frozenset[str]:
    """A list that lies beside this file, in ``lists``."""
    return frozenset(importlib.resources.files(__package__).joinpath(f"lists/{name}.txt").read_text("utf-8").split())


def characters(name: str) -> frozenset[str]:
    return frozenset("".join(words(name)))


def either(name: str) -> str:
    """A pattern for the words of a list, the longest first."""
    return "|".join(sorted(words(name), key=lambda word: (-len(word), word)))


@cache
def ranks() -> dict[str, int]:
    """Ordinary English words, the most frequent first: SCOWL's, as symspellpy brings them."""
    file = importlib.resources.files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt")
    return {line.split()[0]: n for n, line in enumerate(file.read_text("utf-8-sig").splitlines())}


@cache
def census(*files: str, first: int = 100_000) -> frozenset[str]:
    """Names of the US Census of 1990, of each file the ``first`` most frequent: the package ``names`` brings them."""
    folder = importlib.resources.files("names")
    lines = [folder.joinpath(f"dist.{file}").read_text().splitlines()[:first] for file in files]
    return frozenset(line.split()[0].lower() for of in lines for line in of if line)


def given() -> frozenset[str]:
    return census("female.first", "male.first")


@cache
def usual_given() -> frozenset[str]:
    """Those that thousands have."""
    return census("female.first", first=800) | census("male.first", first=500)


def family() -> frozenset[str]:
    return census("all.last", first=20_000)
