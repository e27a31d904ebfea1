"""Names in Chinese characters of people that nobody has heard of: rules, and lists of what is usual.

A name is what jieba's tags call a person; a family name (of the Hundred Family Surnames, or usual today) with
one or two characters, where a name is due or jieba knows no word; what stands before a title; parts joined by a dot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import rjieba

from jobs.vault.text.words import HAN, Span, characters, either, words

#: jieba's words and their tags, by where they begin.
Tokens = Mapping[int, tuple[str, str]]
TWO = words("surnames_of_two")
SURNAMES = characters("surnames")
#: Those that are no words.
ONLY_NAMES = characters("surnames_only")
#: After these a name is due.
DUE = re.compile(
    r"(?:我叫做?|名叫|叫做?|姓名是?[:：]?|收[件货]人[是:：]?|联系人?[是:：]?|署名[:：]?|抬头请?写|写的?是|改成|改为|转告|送给|请|找|我是|我家|"
    rf"--+|(?:^|\s)-|谢谢|感谢|跟|和|{either('people_chinese')})(?:名?叫|是|，|,|:|：)?\s*"
)
NEVER = characters("never_chinese")
IS_HAN = re.compile(f"[{HAN}]")
TITLED = re.compile(either("titles_chinese"))
SURNAME, GIVEN = f"(?:{either('surnames_of_two')}|[{''.join(SURNAMES)}])", f"(?![{''.join(NEVER)}])[{HAN}]"
BEFORE_TITLE = re.compile(rf"((?![{''.join(NEVER)}]){SURNAME}(?:{GIVEN}){{0,2}}?|{SURNAME})(?:{TITLED.pattern})")
#: 小王, 老李, 阿强.
FAMILIAR = re.compile(rf"[小老阿]([{''.join(ONLY_NAMES)}])(?!时)|(?:客服|师傅|快递员|店员)小([{''.join(SURNAMES)}])")
DOTTED = re.compile(rf"(?:{DUE.pattern})?([{HAN}]{{1,6}}(?:[·•・‧][{HAN}]{{1,6}})+)")


def names(text: str) -> Iterator[Span]:
    """Where they may stand in a text that is ``plain``."""
    for pattern in (BEFORE_TITLE, FAMILIAR, DOTTED):
        for found in pattern.finditer(text):
            yield Span(*found.span(found.lastindex or 0), "name")
    tokens = tagged(text)
    dues = {found.end() for found in DUE.finditer(text)}
    for start in range(len(text)):
        if end := _end(text, start, tokens, start in dues):
            yield Span(start, end, "name")


def tagged(text: str) -> Tokens:
    found, start = dict[int, tuple[str, str]](), 0
    for word, tag in rjieba.tag(text):
        found[start] = (word, tag)
        start += len(word)
    return found


def surname(text: str, start: int) -> str:
    two = text[start : start + 2]
    return two if two in TWO else text[start] if text[start] in SURNAMES else ""


def is_of_person(word: str, tag: str) -> bool:
    return tag.startswith("nr") and len(word) > 1


def _end(text: str, start: int, tokens: Tokens, is_due: bool) -> int:
    """Where the name ends that begins at ``start``; 0 where none does."""
    word, tag = tokens.get(start, ("", ""))
    is_person, of = is_of_person(word, tag), surname(text, start)
    is_only_name = of in ONLY_NAMES or len(of) > 1
    if of and (is_due or is_person or (word == of and is_only_name)):
        end = start + len(of)
        while end < start + len(of) + 2 and _may_go_on(text, end, tokens, end > start + len(of)):
            end += 1
        return max(end, start + len(word) * is_person) if end > start + len(of) else 0
    if is_person:
        return start + len(word)
    two = text[start : start + 2]
    is_given = len(word) == 1 or two[:1] == two[1:]
    is_plain = (
        all(map(IS_HAN.match, two)) and len(two) == 2 and not set(two) & NEVER and two not in words("people_chinese")
    )
    return start + 2 if is_due and is_given and is_plain else 0


def _may_go_on(text: str, at: int, tokens: Tokens, is_second: bool) -> bool:
    """A character that may be one of a given name; where another word begins, the second one is not."""
    word, tag = tokens.get(at, ("", ""))
    if at >= len(text) or not IS_HAN.match(text[at]) or text[at] in NEVER or TITLED.match(text, at):
        return False
    return not (is_second and len(word) > 1 and not tag.startswith("nr"))
