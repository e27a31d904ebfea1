"""What is taken out of texts: of the sample's by its truth, and of sentences by hand; and how fast.

A value is gone if none of its letters and digits is left. Known are the names that a lake of that landing zone knows.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import expectations
from expectations.contract import Table
from jobs.landing import listing
from jobs.landing.batches import batches
from jobs.session import HOME, Settings
from jobs.vault.knowing import Knowing
from jobs.vault.text.known import parts, wholes
from jobs.vault.text.redacting import personal
from jobs.vault.text.words import HAN, cleaned

TRUTH = HOME / "truth/many_doors/texts.jsonl"
#: Written by hand: while the rules were made, and after them.
BY_HAND, UNSEEN = (Path(__file__).with_name(f"{name}.txt") for name in ("texts_by_hand", "texts_unseen"))
ZONE, KEY = "America/New_York", b"\x0f" * 32
MARKED = re.compile(r"\{(name|phone|email|address)\|(.*?)\}")
WORD = re.compile(rf"[{HAN}]|[^\W_{HAN}]+")


@dataclass(frozen=True)
class Told:
    """A text, what is personal in it, and the names and ids of its row."""

    text: str
    values: tuple[tuple[str, int, int], ...]
    own: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    @property
    def language(self) -> str:
        return "Chinese" if re.search(f"[{HAN}]", self.text) else "English"


def of_sample(landing: Path) -> Iterator[Told]:
    """Each ticket and review once."""
    truth = {line["id"]: line["personal"] for line in map(json.loads, TRUTH.open(encoding="utf-8"))}
    for name, number in (("bronze.service_tickets", "ticket_id"), ("bronze.reviews_posts", "review_id")):
        rows = {row[number]: row for row in rows_of(expectations.TABLES[name], landing)}
        for row in rows.values():
            text, own = cleaned(row["text"]), tuple(filter(None, [row.get("name")]))
            ids = tuple(filter(None, (row.get(of) for of in ("ticket_id", "review_id", "account_id", "product_id"))))
            yield Told(text, tuple(_places(text, truth[row[number]])), own, ids)


def rows_of(feed: Table, landing: Path) -> Iterator[dict]:
    for file in sorted((landing / feed.folder).rglob("*")):
        if file.is_file():
            night = date.fromisoformat(file.parent.name)
            for batch in batches(listing.look_at(file, file.name, night, feed), feed, ZONE):
                yield from batch.to_pylist()


def _places(text: str, values: Iterable[tuple[str, str]]) -> Iterator[tuple[str, int, int]]:
    """Wherever they stand; a single character, which is one of other words too, where it stands last."""
    for kind, value in values:
        found = [of.span() for of in re.finditer(re.escape(cleaned(value)), text)]
        yield from ((kind, *span) for span in (found[-1:] if len(value) == 1 else found))


def by_hand(file: Path) -> Iterator[Told]:
    for line in file.read_text("utf-8").splitlines():
        text, values, end = "", list[tuple[str, int, int]](), 0
        for found in MARKED.finditer(line):
            text += line[end : found.start()]
            values.append((found[1], len(text), len(text) + len(found[2])))
            text, end = text + found[2], found.end()
        yield Told(cleaned(text + line[end:]), tuple(values))


def vault(landing: Path) -> Knowing:
    """All names of the landing zone."""
    known = Knowing(KEY, ())
    for feed in expectations.select("bronze"):
        columns = [column.name for column in feed.columns if column.holds == "name"]
        for name in {row[column] for row in rows_of(feed, landing) for column in columns} if columns else ():
            if name:
                known.learn(name)
    return known


def texts() -> dict[str, float]:
    landing = Settings().landing
    of_vault, nobody, sample = vault(landing), Knowing(KEY, ()), list(of_sample(landing))
    asked = {"": (sample, of_vault), "nothing known, ": (sample, nobody), "by hand, ": (list(by_hand(BY_HAND)), nobody)}
    asked["by hand, unseen, "] = list(by_hand(UNSEEN)), nobody
    return {f"{of}{name}": value for of, given in asked.items() for name, value in measured(*given).items()}


def measured(texts: list[Told], known: Knowing, say: Callable[[str], None] = lambda _: None) -> dict[str, float]:
    """Shares in per cent, and texts a second; ``say`` is told what was left, and what went for nothing."""
    gone, every, start = Counter[str](), Counter[str](), time.process_time()
    found = [personal(of.text, known.among, of.own, of.ids) for of in texts]
    took = time.process_time() - start
    for of, spans in zip(texts, found, strict=True):
        covered = {at for span in spans for at in range(span.start, span.end)}
        for name, at, end, is_personal in _judged(of, known):
            is_gone = all(n in covered or not of.text[n].isalnum() for n in range(at, end))
            every[name] += 1
            gone[name] += is_gone
            if is_gone != is_personal:
                say(f"{name}: {of.text[at:end]} | {of.text}")
    shares = {f"{name} gone, % of {every[name]:,}": 100 * gone[name] / every[name] for name in sorted(every)}
    return shares | {"texts a second of a core": len(texts) / took}


def _judged(of: Told, known: Knowing) -> Iterator[tuple[str, int, int, bool]]:
    """What to look for: the values, and all other words."""
    inside = {at for _, start, end in of.values for at in range(start, end)}
    for kind, start, end in of.values:
        yield f"{of.language}: {_kind(kind, of.text[start:end], known)}", start, end, True
    for word in WORD.finditer(of.text):
        if inside.isdisjoint(range(*word.span())):
            yield f"{of.language}: other words", *word.span(), False


def _kind(kind: str, value: str, known: Knowing) -> str:
    """Of a name whether the vault knows it, whole, or a part of it, as other people's."""
    if not kind.endswith("name"):
        return {"phone": "phones", "email": "e-mails", "address": "addresses"}[kind]
    ways, some = wholes(value), parts(value)
    if any(known.digest(False, way) in known.learned for way in ways):
        return "names that the vault knows"
    is_part = any(known.digest(True, part) in known.learned for part in some)
    return "names of which it knows a part" if is_part else "names that it does not know"


if __name__ == "__main__":
    for name, value in measured(list(by_hand(UNSEEN)), Knowing(KEY, ()), print).items():
        print(f"{name:60}{value:10.2f}")
