"""Who ordered what at the web shop: drawn from a seed, nobody's data. Money is USD, tax included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

FIRST_DAY, LAST_DAY = date(2017, 3, 20), date(2017, 11, 18)
CLOCK_CHANGES = (date(2017, 3, 26), date(2017, 10, 29))  # Berlin's: both Sundays, between two and three o'clock
SINGLES_DAY = date(2017, 11, 11)
ARTICLES, CUSTOMERS = 400, 800
KINDS = ("sale", "return", "other")
EXTRAS = {"POST": "運費", "M": "手工", "D": "折扣"}  # postage, adjustment, discount: no articles
ONCE = "18998.0"  # buys once, and sends all of it back
BEFORE = "18999.0"  # sends back what was bought before the first export, and buys nothing

STYLES = ("青花", "手绘", "復古", "竹制", "㐂字", "錦缎", "磨砂", "迷你")
THINGS = {"茶具": ("茶杯", "茶壶"), "灯饰": ("燈籠", "台灯"), "文具": ("毛笔", "笔记本"), "玩具": ("风筝", "木马")}


@dataclass(frozen=True)
class Article:
    """``price`` has four decimals."""

    code: str
    name: str
    category: str
    price: Decimal


@dataclass(frozen=True)
class Line:
    """A line of an invoice; ``at`` is the wall clock in Berlin, an empty ``customer`` a guest."""

    invoice: str
    customer: str
    at: datetime
    article: str
    quantity: int
    price: Decimal
    currency: str = "USD"
    is_broken: bool = False  # a spreadsheet's error stands in place of the price

    @property
    def kind(self) -> str:
        if self.article in EXTRAS:
            return "other"
        return "return" if self.quantity < 0 else "sale"


Order = tuple[Line, ...]


def articles(chance: Random) -> list[Article]:
    """The catalogue. Some codes have letters, some a leading zero; some names a quote, a semicolon, a line break."""
    found = []
    for n in range(ARTICLES):
        category, things = list(THINGS.items())[n % len(THINGS)]
        name = chance.choice(STYLES) + chance.choice(things)
        name = f'"福"{name}' if n % 7 == 0 else name
        name = f"{name}; 六只装" if n % 11 == 0 else name
        name = f"{name}\n(大号)" if n % 13 == 0 else name
        code = f"0{85000 + n - 1}" if n % 50 == 1 else f"{85000 + n}" + "ABL"[n % 3] * (n % 4 == 0)
        price = Decimal(chance.randint(1000, 100000)) * 5 / 10000 + 1200 * (n % 40 == 0)
        found.append(Article(code, name, category, price.quantize(Decimal("0.0001"))))
    return found


def orders(lines: int, chance: Random, catalogue: list[Article]) -> Iterator[Order]:
    """Orders in order of time, until there are ``lines``: a fourth by guests, one in fifty a return."""
    first = clock(FIRST_DAY, 0)
    yield (Line("C536000", BEFORE, first, catalogue[1].code, -2, catalogue[1].price),)
    bought = [purchase("536001", ONCE, first, chance, catalogue)]
    yield bought[0]
    number, returns, drawn = 536001, 0, 0
    for day, quota in quotas(lines):
        due, drawn = quota - drawn, 0
        while drawn < due:
            number += 1
            at = clock(day, drawn / due)
            if chance.random() < 0.02:
                past = chance.choice(bought) if returns else bought[0]
                order = send_back(f"C{number}", at, past, is_whole=returns % 2 == 0)
                returns += 1
            else:
                customer = f"{12000 + min(chance.randrange(CUSTOMERS), chance.randrange(CUSTOMERS))}.0"
                order = purchase(f"{number}", customer if number % 4 else "", at, chance, catalogue)
                bought.append(order)
            drawn += len(order)
            yield order
        drawn -= due


def quotas(lines: int) -> Iterator[tuple[date, int]]:
    """Lines of each day; on Singles' Day as many as else in a week."""
    days = (LAST_DAY - FIRST_DAY).days + 1
    usual = lines / (days + 6)
    for n in range(days):
        day = FIRST_DAY + timedelta(days=n)
        yield day, round(usual * (n + 1)) - round(usual * n) if day != SINGLES_DAY else round(usual * 7)


def clock(day: date, share: float) -> datetime:
    """When a share of the day's lines is sold: from eight o'clock; in the hour of a clock change the shop is awake."""
    opens = 150 if day in CLOCK_CHANGES else 480
    return datetime.combine(day, time()) + timedelta(minutes=opens + int((1440 - opens) * share))


def purchase(invoice: str, customer: str, at: datetime, chance: Random, catalogue: list[Article]) -> Order:
    """Up to twelve articles, sometimes one of them twice, with postage, a discount or an adjustment."""
    chosen = chance.choices(catalogue, k=chance.randint(1, 12))
    if len(chosen) > 1 and chance.random() < 0.1:
        chosen[1] = chosen[0]
    found = []
    for article in chosen:
        units = 1200 if chance.random() < 0.002 else chance.choice((1, 1, 1, 2, 3, 4, 6, 12))
        found.append(Line(invoice, customer, at, article.code, units, article.price))
    for code, share, units in (("POST", 0.3, 1), ("D", 0.08, -1), ("M", 0.01, 1)):
        if chance.random() < share:
            amount = Decimal(chance.randint(100, 600)) / 100
            found.append(Line(invoice, customer, at, code, units, amount.quantize(Decimal("0.0001"))))
    return tuple(found)


def send_back(invoice: str, at: datetime, order: Order, is_whole: bool) -> Order:
    """A receipt of its own: what was bought, or its first line, with negative units."""
    lines = order if is_whole else order[:1]
    return tuple(replace(line, invoice=invoice, at=at, quantity=-line.quantity) for line in lines)
