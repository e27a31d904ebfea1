"""Names that the vault knows: the ways to write one, and the groups of words of a text that may be one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from jobs.vault.text import chinese, latin
from jobs.vault.text.chinese import Tokens
from jobs.vault.text.words import HAN, words

#: Letters that have no accent to take off.
BARE = str.maketrans("øłđıŋþðħŧ", "oldinpdht")
IS_HAN = re.compile(f"[{HAN}]")
ATOM = re.compile(f"[{HAN}]|[^\\W\\d_{HAN}]+")
#: What may stand between two words of a name, and within one.
BESIDE, JOINED = frozenset(" .,'·•・‧-\n\t"), frozenset(["", "'", "-"])
TITLES = words("titles_english")
MOST, MOST_HAN = 5, 8  # words or Chinese characters of a name


class Group(NamedTuple):
    """``is_part``: it is to be the given or the family name of a name, and not all of it."""

    start: int
    end: int
    folded: str
    is_part: bool


@lru_cache(1 << 16)
def folded(text: str) -> str:
    """Letters alone, small and without accents."""
    return "".join(filter(str.isalpha, unicodedata.normalize("NFKD", text).casefold())).translate(BARE)


def wholes(name: str) -> set[str]:
    """As it is written, the last word first, the first word last, and without what stands between these."""
    last, _, first = name.partition(",")  # Lee, Ann
    words = [word for part in re.split(r"[\s,.]+", f"{first} {last}") if (word := folded(part)) and word not in TITLES]
    turned = (
        words,
        [*words[-1:], *words[:-1]],
        [*words[1:], *words[:1]],
        words[:1] + words[-1:],
        words[-1:] + words[:1],
    )
    return {"".join(of) for of in turned if len(words) > 1} or {of for of in ["".join(words)] if _is_chinese(of, 2)}


def parts(name: str) -> set[str]:
    """Given and family name: of a Chinese one two characters after the family name."""
    words = [word for part in re.split(r"[\s,.]+", name) for word in (part, *re.split("['-]", part))]
    found = {of for word in words if len(of := folded(word)) > 2 and of not in TITLES and not _is_chinese(of, 1)}
    whole = folded(name)
    given = whole[len(chinese.surname(whole, 0)) :] if _is_chinese(whole, 3) else ""
    return found | {of for of in [given] if len(of) == 2 and of != whole}


def groups(text: str) -> Iterator[Group]:
    """What may be a known name in a text that is ``plain``; an ordinary word alone is none."""
    run = list[re.Match[str]]()
    tokens = chinese.tagged(text) if IS_HAN.search(text) else {}
    within = {at: start for start, (word, _) in tokens.items() for at in range(start, start + len(word))}
    for atom in ATOM.finditer(text):
        if run and not _is_beside(text[run[-1].end() : atom.start()]):
            yield from _of_run(text, run, tokens, within)
            run = []
        if latin.is_of_no_name(atom[0]):
            yield from _of_run(text, run, tokens, within)
            run = []
        else:
            run.append(atom)
    yield from _of_run(text, run, tokens, within)


def _of_run(text: str, run: list[re.Match[str]], tokens: Tokens, within: dict[int, int]) -> Iterator[Group]:
    """Of words with nothing else between them."""
    for n, first in enumerate(run):
        so_far, is_joined, is_han = "", True, bool(IS_HAN.match(first[0]))
        for m, last in enumerate(run[n : n + (MOST_HAN if is_han else MOST)]):
            start, end = first.start(), last.end()
            so_far += folded(last[0])
            is_joined = is_joined and (not m or text[run[n + m - 1].end() : last.start()] in JOINED)
            if is_han and m == 1 and _is_word(start, end, tokens, within):
                continue
            if m:
                yield Group(start, end, so_far, False)
            if is_joined and (m == 1 if is_han else len(so_far) > 2 and not latin.is_ordinary(text[start:end].lower())):
                yield Group(start, end, so_far, True)


def _is_beside(between: str) -> bool:
    return len(between) < 4 and BESIDE.issuperset(between)


def _is_word(start: int, end: int, tokens: Tokens, within: dict[int, int]) -> bool:
    """Two characters that are one word, or part of one, that is no name."""
    word, tag = tokens[within[start]]
    return end <= within[start] + len(word) and not tag.startswith("nr")


def _is_chinese(folded_: str, at_least: int) -> bool:
    return len(folded_) >= at_least and re.fullmatch(f"[{HAN}]+", folded_) is not None
