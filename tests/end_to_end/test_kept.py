"""What is kept by day equals a rebuild, whatever came late, corrected, twice, again, or was taken back."""

import random
from collections import Counter
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from pyspark.sql import DataFrame

import expectations
from jobs.lake import newest
from jobs.night.inputs import Inputs
from jobs.night.night import Night
from jobs.night.order import ordered
from jobs.night.table_as_of import table_as_of
from tests import web_shop
from tests.conftest import House, product, sale
from tests.end_to_end import kiosk
from tests.end_to_end.kiosk import head

KEPT = ("gold.account_days", "gold.sales_daily")  # of one step; the others take the same way
FIRST = date(2017, 1, 30)  # the nights go over the end of a month
WEB = "Invoice No.;Article;品名;Quantity;Unit Price;Currency;Invoice Date;Customer No."


class Chance:
    """A seeded world: few orders and accounts on many days: deliveries meet, and most days are not touched."""

    def __init__(self, house: House, seed: int) -> None:
        self.house, self.draw = house, random.Random(seed)

    def day(self, night: date) -> date:
        return night - timedelta(days=self.draw.randrange(120))

    def number(self, of: int = 12) -> int:
        return self.draw.randrange(1, of)

    def store(self, night: date) -> None:
        days = [self.day(night) for _ in range(6)]
        who = [(self.number(4), self.number(), self.number(3)) for _ in days]
        lines = [sale(*of, f"{day}T15:00:00Z", value=f"{self.number()}.50") for of, day in zip(who, days, strict=True)]
        self.house.deliver("store_sales", night, *lines, name=self.name())

    def web(self, night: date) -> None:
        """Whole orders: a later night that holds one replaces all its lines."""
        lines = []
        for order in {self.number() for _ in range(3)}:
            who, when = self.draw.choice(("", 7, 8)), f"{self.day(night):%d.%m.%Y} 12:00"
            lines += [f"{order};{self.number(3)};;{self.draw.choice((-1, 2))};3,00;USD;{when};{who}" for _ in range(2)]
        self.house.deliver("web_sales", night, *lines, name=self.name(), header=WEB)

    def kiosk(self, night: date) -> None:
        """Heads, items and returns, each when it comes: an item has the day of its head, or of its delivery."""
        heads = [head(str(n), self.draw.choice(("A1", "A2", None)), self.day(night)) for n in {self.number(), 9}]
        self.house.deliver("kiosk_heads", night, *heads, name=self.name("jsonl"))
        for feed in self.draw.sample(("kiosk_items", "kiosk_returns"), 1):
            self.house.deliver(
                feed, night, *(f"{self.number()},{self.number(3)},{self.number()}.00" for _ in "123"), name=self.name()
            )

    def name(self, kind: str = "csv") -> str:
        return f"{self.draw.random()}.{kind}"

    def files(self, until: date) -> list[Path]:
        found = sorted(file for file in self.house.landing.rglob("*") if file.is_file())
        return [file for file in found if file.parent.name < str(until) and "products" not in str(file)]

    def of_a_night(self, night: date) -> tuple[str, ...]:
        """Deliveries of a night, and of nights before; what is taken back."""
        for deliver in (self.store, self.web, self.kiosk):
            deliver(night)
        for deliver in self.draw.sample((self.store, self.web, self.kiosk), 2):
            deliver(night - timedelta(days=self.number(3)))  # an older night again, with a file more
        again, gone = self.draw.sample(self.files(night), 2)
        lines = again.read_bytes().splitlines()
        again.write_bytes(b"\n".join(lines[:-1]) + b"\n")  # delivered again, a line less
        return (str(gone.relative_to(self.house.landing)),)


@pytest.fixture(autouse=True)
def several_channels():
    with web_shop.added(), kiosk.added():
        yield


def run(house: House, as_of: date, taking_back: tuple[str, ...] = ()) -> Night:
    of_silver = ("silver.order_lines", "silver.orders", "silver.products")
    feeds = {feed.name for name in of_silver for feed in expectations.feeds(expectations.TABLES[name])}
    tables = ordered([expectations.TABLES[name] for name in (*sorted(feeds), *of_silver, *KEPT)])
    night = Night(house.settings, as_of, tables, is_verbose=True, taking_back=taking_back)
    night.run()
    assert not night.broken and not any(night.reports[name].stopped for name in KEPT if name in night.reports)
    return night


def rows(frame: DataFrame) -> Counter:
    return Counter(tuple(row) for row in frame.select(sorted(frame.columns)).collect())


def newest_by_hand(house: House, name: str, as_of: date) -> Counter:
    """Of each unit that a feed replaces the rows of its newest night, looked for among all that were delivered."""
    table, found = expectations.TABLES[name], Counter[tuple]()
    stored = [row for row in house.stored(name).collect() if row.delivered_on <= as_of]
    for feed in expectations.feeds(table):
        of_feed = [row for row in stored if row.file.startswith(f"{feed.folder}/")]
        unit = newest.replaced(table, feed)
        last: dict[tuple, date] = {}
        for row in of_feed:
            key = tuple(row[name] for name in unit)
            last[key] = max(row.delivered_on, last.get(key, row.delivered_on))
        there = (row for row in of_feed if last[tuple(row[name] for name in unit)] == row.delivered_on)
        found.update(tuple(row[c] for c in sorted(c.name for c in table.made)) for row in there if row.part >= 0)
    return found


def same_as_by_hand(house: House, as_of: date) -> None:
    """As known on each of the last days, whatever replaced what since."""
    for name in ("silver.order_lines", "silver.orders"):
        for day in (as_of - timedelta(days=n) for n in range(3)):
            assert rows(house.read(name, day)) == newest_by_hand(house, name, day), (name, day)


def rebuilt(house: House, day: date) -> dict[str, Counter]:
    """Of all that was known at ``day``."""
    made: dict[str, DataFrame] = {}
    ask = partial(table_as_of, house.spark, house.settings, day=day)
    return {name: rows(ask(name, keep=lambda step, _, make: made.setdefault(step, make().cache()))) for name in KEPT}


def same_as_rebuilt(house: House, night: Night) -> None:
    """What is kept now; and earlier days, unwound from it."""
    staging = house.lake / ".staging" / f"asked {night.as_of}"
    inputs = Inputs(house.spark, house.settings, night.state, staging, print, night.tables)
    for day in (night.as_of - timedelta(days=n) for n in (0, 1, 2, 40)):
        for name, of_all in rebuilt(house, day).items():
            assert rows(inputs.as_known(name, day)) == of_all, (name, day)


def test_kept_days_are_what_a_rebuild_makes(house, capsys):
    chance, night = Chance(house, seed=1), FIRST
    house.deliver("store_products", FIRST, product(1, "MEAT"), product(2, "DELI"))
    house.deliver("web_products", FIRST, "1;x;TEA", "2;y;TOYS", header="货号;品名;类别")
    for _ in range(2):
        for deliver in (chance.store, chance.web, chance.kiosk):
            deliver(night)
        night += timedelta(days=1)
    run(house, night - timedelta(days=1))
    assert "all days are made" in capsys.readouterr().out
    for _ in range(2):
        done = run(house, night, chance.of_a_night(night))
        assert " days touched" in capsys.readouterr().out
        same_as_rebuilt(house, done)
        same_as_by_hand(house, night)
        night += timedelta(days=1)
