"""A text as it goes on: ``[name]``, ``[phone]``, ``[email]``, ``[address]``, ``[payment card]`` stand in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Set

from jobs.vault.text import chinese, known, latin
from jobs.vault.text.addresses import addresses
from jobs.vault.text.known import Group
from jobs.vault.text.numbers import numbers
from jobs.vault.text.words import HAN, WORD, Span, cleaned, plain

#: Which of some groups of words are names that the vault knows.
Among = Callable[[Collection[Group]], Set[Group]]
ORDER = ("email", "address", "payment card", "phone", "name")  # what overlaps is of the first


def redacted(text: str, among: Among, own: Iterable[str] = (), ids: Iterable[str] = ()) -> str:
    """``own``: the names that stand in the row beside the text; ``ids``: its ids."""
    clean, end, kept = cleaned(text), 0, list[str]()
    for span in personal(clean, among, own, ids):
        kept += clean[end : span.start], f"[{span.kind}]"
        end = span.end
    return "".join([*kept, clean[end:]])


def personal(text: str, among: Among, own: Iterable[str] = (), ids: Iterable[str] = ()) -> list[Span]:
    """Where something personal stands in a text that is ``cleaned``, in order, apart from each other."""
    seen = plain(text)
    found = [*numbers(seen, {re.sub("[^0-9]", "", of) for of in ids}), *addresses(seen)]
    left = seen
    for span in found:
        left = left[: span.start] + "0" * (span.end - span.start) + left[span.end :]
    found += _known(left, among, own)
    found += latin.names(left)
    if re.search(f"[{HAN}]", left):
        found += chinese.names(left)
    return list(_joined(seen, sorted(found)))


def _known(text: str, among: Among, own: Iterable[str]) -> Iterator[Span]:
    groups = list(known.groups(text))
    names, of_row = among(groups), {of for name in own for of in (*known.wholes(name), *known.parts(name))}
    yield from (Span(of.start, of.end, "name") for of in groups if of in names or of.folded in of_row)
    if of_row:  # of the row's own name a word with a capital goes, however ordinary it is
        yield from (Span(*word.span(), "name") for word in WORD.finditer(text) if _is_of(word[0], of_row))


def _is_of(word: str, names: Collection[str]) -> bool:
    return word[0].isupper() and known.folded(word.removesuffix("'s")) in names


def _joined(text: str, spans: list[Span]) -> Iterator[Span]:
    """Those that overlap as one, and names with nothing but a space between."""
    one: Span | None = None
    for span in spans:
        is_same = one and span.kind == one.kind == "name"
        if one and (span.start < one.end or (is_same and not text[one.end : span.start].strip(" .·"))):
            one = Span(one.start, max(one.end, span.end), min(one.kind, span.kind, key=ORDER.index))
            continue
        if one:
            yield one
        one = span
    if one:
        yield one
