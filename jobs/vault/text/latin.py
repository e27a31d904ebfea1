"""Names in Latin letters of people that nobody has heard of: rules, and lists of what is usual.

A name is a capitalised word that is no ordinary one, or that stands where a name is due ("Mr.", "my wife", "regards,"),
and the capitalised words beside it; written small, a usual given name. Rather a word too many than a name too few.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from jobs.vault.text.words import WORD, Span, either, family, given, ranks, usual_given, words

#: After these a name is due.
DUE = re.compile(
    r"(?:\b(?:mr|mrs|ms|miss|mx|dr|prof|sir|madam)\.?|\bname(?:'s| is|d|:)?"
    r"|\b(?:called|call me|i am|i'm|this is|it's|its)"
    rf"|\b(?:{either('people_english')})\s*[,:(]?(?:\s+(?:named|called|is))?"
    r"|\b(?:dear|hi|hello|hey|thanks?(?: you)?|regards|cheers|sincerely|wishes|yours|love|signed|to|with|by|from|for|"
    r"ask(?:ed)?|tell|told)\s*,?|(?:^|\s)[-~]+)\s*$",
    re.I,
)
#: Here a name follows, whatever it is.
TITLE = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr|prof)\.?\s*$", re.I)
#: In no name, whatever stands beside them.
NEVER = words("never")
PARTICLES = ("van", "von", "de", "der", "den", "da", "di", "del", "la", "le", "bin", "al", "y")
ENDS = ("s", "es", "ed", "ing", "'t", "'re", "'ve", "'ll", "'d")
#: Ranks of words: before these nobody's name, a word of everybody's; after it a word of few.
FUNCTIONAL, COMMON, RARE = 300, 3000, 10_000
SEEN = 40  # characters before a word


def names(text: str) -> Iterator[Span]:
    """Where they may stand in a text that is ``plain``."""
    found = list(WORD.finditer(text))
    shouts = sum(word[0].isupper() for word in found) > len(found) / 2
    is_name = [_is_name(text, word, shouts) for word in found]
    if not any(word[0] != "I" and not word[0].islower() for word in found):  # nothing has a capital
        is_name = [of or _is_rare(word) for of, word in zip(is_name, found, strict=True)]
    for n in () if shouts else _pairs(text, found):
        is_name[n] = is_name[n + 1] = True
    for n in range(1, len(found)):
        is_name[n] = is_name[n] or (is_name[n - 1] and _goes_on(text, found[n - 1], found[n], shouts))
    for n in () if shouts else reversed(range(len(found) - 1)):
        is_name[n] = is_name[n] or (is_name[n + 1] and _begins(text, found[n], found[n + 1]))
    yield from (Span(*word.span(), "name") for word, of in zip(found, is_name, strict=True) if of)


@lru_cache(1 << 16)
def is_of_no_name(word: str) -> bool:
    """A small word that everybody uses, and that is nobody's name."""
    is_functional = word.islower() and ranks().get(word, FUNCTIONAL) < FUNCTIONAL
    return is_functional and word not in given() and word not in family() and word not in PARTICLES


@lru_cache(1 << 16)
def is_ordinary(word: str) -> bool:
    """A word of everybody's first of all, though somebody may be called so; in small letters."""
    return word in NEVER or (_is_word(word) and (word not in given() or word in words("ordinary")))


def _is_name(text: str, word: re.Match, shouts: bool) -> bool:
    low, before = _low(word), (text, max(0, word.start() - SEEN), word.start())
    if TITLE.search(*before) and (word[0][0].isupper() or ranks().get(low, FUNCTIONAL) >= FUNCTIONAL):
        return True
    if low in NEVER or (ranks().get(low, FUNCTIONAL) < FUNCTIONAL and low not in usual_given()):
        return False
    is_given, is_rare = low in given() and low not in words("ordinary"), not _is_word(low)
    has_capital = word[0][0].isupper() and not (word[0].isupper() and (shouts or len(low) < 5))
    if has_capital and (is_given or is_rare):
        return True
    is_due = bool(DUE.search(*before))
    if not has_capital:
        is_usual = is_given and (is_rare or low in usual_given())
        return is_usual or (is_due and len(low) > 3 and (is_rare or (low in family() and not _is_common(low))))
    is_of_few = ranks().get(low, 0) >= RARE or ((low in given() or low in family()) and not _is_common(low))
    return is_due and (low in words("ordinary") or is_of_few)


def _pairs(text: str, found: list[re.Match]) -> Iterator[int]:
    """Where a given name and a family name stand with capitals, both of them words of everybody's."""
    for n, (one, other) in enumerate(pairwise(found)):
        has_capitals = one[0].istitle() and other[0].istitle() and text[one.end() : other.start()] == " "
        if has_capitals and _low(one) in given() and _low(other) in family():
            yield n


def _goes_on(text: str, before: re.Match, word: re.Match, shouts: bool) -> bool:
    """It follows a name and belongs to it."""
    low, between = _low(word), text[before.end() : word.start()]
    if not (between == " " or (between == ". " and len(before[0]) == 1)):
        return False
    if word[0][0].isupper() and not shouts:
        return low not in NEVER or low in family()
    is_alike = before[0].islower() or shouts
    return low not in NEVER and (low in PARTICLES or (is_alike and (low in family() or not _is_word(low))))


def _begins(text: str, word: re.Match, after: re.Match) -> bool:
    """It stands before a name, belongs to it, and has its capital not from beginning a sentence, or is rare."""
    is_beside = text[word.end() : after.start()] == " " or (
        text[word.end() : after.start()] == ". " and len(word[0]) == 1
    )
    is_rare = ranks().get(_low(word), RARE) >= RARE
    return is_beside and word[0][0].isupper() and _low(word) not in NEVER and (is_rare or not _starts(text, word))


def _is_rare(word: re.Match) -> bool:
    return len(word[0]) > 3 and not _is_word(_low(word))


def _low(word: re.Match) -> str:
    return word[0].lower().removesuffix("'s")


def _starts(text: str, word: re.Match) -> bool:
    before = text[max(0, word.start() - SEEN) : word.start()].rstrip(" \"'“(")
    return not before or before[-1] in ".!?:\n。！？"


@lru_cache(1 << 16)
def _is_word(low: str) -> bool:
    """An ordinary one, or a form of one, or some with hyphens."""
    if low in ranks() or any(low.endswith(end) and low[: -len(end)] in ranks() for end in ENDS):
        return True
    parts = re.split("[-']", low)
    return len(parts) > 1 and all(part in ranks() for part in parts)


def _is_common(low: str) -> bool:
    return ranks().get(low, COMMON) < COMMON
