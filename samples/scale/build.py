"""The world, block by block: each is made whole, written, added to the files so far, and forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from samples.many_doors.accounts import Desk
from samples.many_doors.people import AREAS, Person, Town
from samples.many_doors.texts import Writer
from samples.scale import files, goods, telling, truth
from samples.scale.block import happen
from samples.scale.lives import Members

BLOCK = 4_000  # customers at once: all that memory holds beside what is given once
OTHERS = 10_000  # of a seed the persons are not those of many doors


class Numbers:
    """American telephone numbers of exchange 555, where nobody is given one, in no order that one sees."""

    def __init__(self) -> None:
        self.areas, self.given = AREAS.split(), 0

    def pop(self) -> str:
        self.given += 1
        area, last = divmod(self.given * 7_368_787 % (len(self.areas) * 10_000), 10_000)
        in_use = last in (1212, 4334)
        return self.pop() if in_use else f"+1{self.areas[area]}555{last:04}"


class City(Town):
    """More people than 555-01xx has numbers."""

    @cached_property
    def numbers(self) -> Numbers:  # type: ignore[override]
        return Numbers()


def build(
    landing: Path, beside: Path, customers: int, days: int, until: date, seed: int = 1, times: float = 1
) -> Counter[str]:
    """Lines written, by feed. ``beside``: where the truth goes; ``times``: how much noise. The same arguments give the
    same files; another ``until`` cuts the same world elsewhere."""
    desk, writer, members, prices = Desk(seed, times), Writer(seed), Members(), goods.prices(seed)
    many, begun = Counter({"store, marketing": goods.write(landing, days, until)}), set[Path]()
    for n, persons in enumerate(blocks(City(OTHERS + seed), customers)):
        block = happen(persons, members, desk, prices, days, first_order(n), np.random.default_rng([seed, 2, n]))
        members.card |= {number: of.cards[0].number for number, of in block.doors.items()}
        own = 1_000_000 * seed + n
        with TemporaryDirectory() as scratch:
            new = Path(scratch, "landing")
            many.update(files.sold(block, new, until, own, f"{n}-"))
            many.update(files.accounts(block, new, until, own))
            many["marketing/targets"] += files.sent(block, new, until)
            many["crm/referrals"] += files.referrals(block, members.card, new, until)
            told, tickets, reviews, need = telling.written(block, new, until, own, times, writer)
            many.update(told)
            truth.write(Path(scratch, "truth"), block, days, tickets, reviews, need)
            add(new, landing, begun)
            add(Path(scratch, "truth"), beside, begun)
    return many


def first_order(block: int) -> int:
    return 50_000_000_000 + 10_000_000 * block


def blocks(town: Town, customers: int) -> Iterator[list[Person]]:
    """As many persons as there are customers, household by household."""
    household, numbered, block = 0, 0, list[Person]()
    while numbered < customers:
        household += 1
        block += town.household(household, numbered + 1)[: customers - numbered]
        numbered = block[-1].number
        if len(block) >= BLOCK or numbered == customers:
            yield block
            block = []


def add(new: Path, to: Path, begun: set[Path]) -> None:
    """The files of a block to those of the blocks before; a CSV file's header stands once."""
    for file in sorted(path for path in new.rglob("*") if path.is_file()):
        target, content = to / file.relative_to(new), file.read_bytes()
        if target in begun and file.suffix == ".csv":
            content = content.partition(b"\n")[2]
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("ab" if target in begun else "wb") as grown:
            grown.write(content)
        begun.add(target)
