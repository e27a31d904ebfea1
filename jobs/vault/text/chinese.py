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
    r"(?:我叫做?|名叫|叫做?|姓名是?[:：]?|收[件货]人[是:：]?|联系人?[是:：]?|署名[:：]?|抬头请?写|写的?是|改成|改为|本人|的是|联系不上|转告|[送打转交发寄退留]给|真名|请|找|我是|我家|"
    rf"-{{2,4}}|(?:^|\s)-|谢谢|感谢|跟|和|{either('people_chinese')})(?:名?叫|是|，|,|:|：)?\s*"
)
#: jieba takes some of them for persons.
NO_NAMES = words("people_chinese") | words("things_chinese")
NEVER = characters("never_chinese")
#: Of given names, and of few words.
GIVEN_CHARACTERS = characters("given_characters")
IS_HAN = re.compile(f"[{HAN}]")
TITLED = re.compile(either("titles_chinese"))
SURNAME, GIVEN = f"(?:{either('surnames_of_two')}|[{''.join(SURNAMES)}])", f"(?![{''.join(NEVER)}])[{HAN}]"
BEFORE_TITLE = re.compile(rf"((?![{''.join(NEVER)}]){SURNAME}(?:{GIVEN}){{0,2}}?|{SURNAME})(?:{TITLED.pattern})")
#: 小王, 老李, 李Emma.
FAMILIAR = re.compile(
    rf"[小老阿]([{''.join(ONLY_NAMES)}周林何丁程任])(?!时)|(?:客服|师傅|快递员|店员)小([{''.join(SURNAMES)}])"
    rf"|老({SURNAME})(?=家)|({SURNAME})(?=[A-Z][a-z])"
)
#: 扎西顿珠, 阿卜杜热合曼: names of Tibetans, Uyghurs and Mongols as they are written in Chinese.
BY_SOUND = re.compile(rf"((?:{either('syllables')})(?:{either('syllables')}|{GIVEN}(?={either('syllables')}))*)")
DOTTED = re.compile(rf"(?:{DUE.pattern})?([{HAN}]{{1,6}}(?:[·•・‧][{HAN}]{{1,6}})+)")


def names(text: str) -> Iterator[Span]:
    """Where they may stand in a text that is ``plain``."""
    for pattern in (BEFORE_TITLE, FAMILIAR, DOTTED, BY_SOUND):
        for found in pattern.finditer(text):
            yield Span(*found.span(found.lastindex or 0), "name")
    tokens, persons = tagged(text), _persons(text)
    dues = {found.end() for found in DUE.finditer(text)}
    for start in range(len(text)):
        if end := _end(text, start, tokens, persons.get(start, start), start in dues):
            yield Span(start, end, "name")


def tagged(text: str) -> Tokens:
    """The words that jieba's list has; what it has not is single characters."""
    return dict(_placed(rjieba.tag(text, False)))


def _persons(text: str) -> dict[int, int]:
    """What jieba takes for a person, in its list or not: where it begins and ends."""
    return {
        start: start + len(word)
        for hmm in (True, False)
        for start, (word, tag) in _placed(rjieba.tag(text, hmm))
        if tag.startswith("nr") and len(word) > 1 and word not in NO_NAMES
    }


def _placed(found: list[tuple[str, str]]) -> Iterator[tuple[int, tuple[str, str]]]:
    start = 0
    for word, tag in found:
        yield start, (word, tag)
        start += len(word)


def surname(text: str, start: int) -> str:
    two = text[start : start + 2]
    return two if two in TWO else text[start] if text[start] in SURNAMES else ""


def _end(text: str, start: int, tokens: Tokens, end_of_person: int, is_due: bool) -> int:
    """Where the name ends that begins at ``start``; 0 where none does."""
    word, of, is_person = tokens.get(start, ("", ""))[0], surname(text, start), end_of_person > start
    is_only_name, after = of in ONLY_NAMES or len(of) > 1, start + len(of)
    is_apart = (len(word) < 2 or is_person) and of not in NEVER  # it is no part of another word
    is_followed = is_apart and bool(GIVEN_CHARACTERS.intersection(text[after : after + 1 + (word == of)]))
    is_due = is_due and not (len(word) > 1 and tokens[start][1].startswith("v"))
    if of and (is_due or is_person or is_followed or (word == of and is_only_name)):
        end = after
        while end < after + 2 and _may_go_on(text, end, tokens, end > after):
            end += 1
        return max(end, end_of_person) if end > after or is_person else 0
    if is_person:
        return end_of_person
    two = text[start : start + 2]
    if len(two) < 2 or not all(map(IS_HAN.match, two)) or not NEVER.isdisjoint(two) or two in NO_NAMES:
        return 0
    many = sum(character in GIVEN_CHARACTERS for character in two)
    is_given = len(word) == 1 or two[0] == two[1] or many > 0
    return start + 2 if (is_due and is_given) or (many == 2 and len(word) == 1) else 0


def _may_go_on(text: str, at: int, tokens: Tokens, is_second: bool) -> bool:
    """A character that may be one of a given name; where another word begins, the second one is not."""
    word, tag = tokens.get(at, ("", ""))
    if at >= len(text) or not IS_HAN.match(text[at]) or text[at] in NEVER or TITLED.match(text, at):
        return False
    return text[at] in GIVEN_CHARACTERS or not (is_second and len(word) > 1 and not tag.startswith("nr"))
