"""What is taken out of texts: of the sample's by its truth, and of sentences by hand; and how fast.

A value is gone if none of its letters and digits is left. Names are known as a lake made of that landing zone knows them.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import expectations
from expectations.contract import Table
from jobs.landing import listing
from jobs.landing.batches import batches
from jobs.session import HOME, Settings
from jobs.vault.knowing import Knowing
from jobs.vault.text.redacting import personal
from jobs.vault.text.words import HAN, cleaned

TRUTH, BY_HAND = HOME / "truth/many_doors/texts.jsonl", Path(__file__).with_name("texts_by_hand.txt")
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


def by_hand() -> Iterator[Told]:
    for line in BY_HAND.read_text("utf-8").splitlines():
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


def measured(texts: list[Told], known: Knowing, show: bool = False) -> dict[str, float]:
    """Shares in per cent, and texts a second."""
    gone, every = Counter[str](), Counter[str]()
    start = time.perf_counter()
    found = [personal(of.text, known.among, of.own, of.ids) for of in texts]
    took = time.perf_counter() - start
    for of, spans in zip(texts, found, strict=True):
        covered = {at for span in spans for at in range(span.start, span.end)}
        for kind, start_at, end in of.values:
            name = f"{of.language}: {_kind(kind, of.text[start_at:end], known)}"
            is_gone = all(at in covered or not of.text[at].isalnum() for at in range(start_at, end))
            every[name] += 1
            gone[name] += is_gone
            if show and not is_gone:
                print("  left", name, of.text[start_at:end], "|", _shown(of.text, spans))
        inside = {at for _, start_at, end in of.values for at in range(start_at, end)}
        for word in WORD.finditer(of.text):
            if not inside & set(range(*word.span())):
                every[f"{of.language}: other words"] += 1
                gone[f"{of.language}: other words"] += word.start() in covered
                if show and word.start() in covered:
                    print("  other", word[0], "|", _shown(of.text, spans))
    shares = {f"{name} gone, % of {every[name]:,}": 100 * gone[name] / every[name] for name in sorted(every)}
    return shares | {"texts a second, one core": len(texts) / took}


def _shown(text: str, spans: list) -> str:
    for span in reversed(spans):
        text = f"{text[: span.start]}[{span.kind} {text[span.start : span.end]}]{text[span.end :]}"
    return text.replace("\n", " ")


def _kind(kind: str, value: str, known: Knowing) -> str:
    """Of a name whether the vault knows it, whole or as a part of one."""
    if not kind.endswith("name"):
        return {"phone": "phones", "email": "e-mails", "address": "addresses"}[kind]
    before = Knowing(KEY, ())
    before.learn(value)
    is_known = before.learned and before.learned & known.learned
    is_whole = any(known.digest(False, of) in known.learned for of in before_wholes(value))
    return "names that the vault knows" if is_whole else f"names it knows {'in part' if is_known else 'nothing of'}"


def before_wholes(value: str) -> set[str]:
    from jobs.vault.text import known

    return known.wholes(value)


if __name__ == "__main__":
    import sys

    landing = Settings().landing
    show = "-v" in sys.argv
    at = time.perf_counter()
    of_vault = vault(landing)
    print("vault", len(of_vault.learned), time.perf_counter() - at)
    told = list(of_sample(landing))
    for title, texts, known in (("sample", told, of_vault), ("sample, empty vault", told, Knowing(KEY, ()))):
        print("==", title)
        for k, v in measured(texts, known, show).items():
            print(f"{k:60} {v:9.2f}")
