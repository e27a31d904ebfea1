"""Build the landing zone of a web shop that never was: 35 weeks of exports, generated, with their truth.

    python -m samples.web_shop --landing DIR [--seed 7] [--lines 20000]

Nothing like the till: semicolons, decimal commas, GB18030, Berlin's wall clock, guests, returns, whole orders that are
sent again. Nobody exports on Sundays: Sunday's orders lie in Monday's folder. What must come out is printed, and is
what ``build`` returns; it never lies in the landing zone.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from samples.web_orders import EXTRAS, FIRST_DAY, LAST_DAY, SINGLES_DAY, Line, Order, articles, orders
from samples.web_truth import Delivery, Truth, truth

SEED, LINES = 7, 20_000
IN_PARTS = date(2017, 5, 10)  # two files, an order in both
LATE, CAME_ON = date(2017, 6, 14), date(2017, 6, 24)
TWICE = date(2017, 7, 5)  # one file under two names
NEW_ARTICLES = date(2017, 9, 1)  # the second catalogue
HEADER = ("Invoice No.", "Article", "品名", "Quantity", "Unit Price", "Currency", "Invoice Date", "Customer No.")


def build(landing: Path, seed: int = SEED, lines: int = LINES) -> Truth:
    """Write the shop's deliveries; what must come out once all of them are loaded."""
    catalogue = articles(Random(seed))
    names = EXTRAS | {article.code: article.name for article in catalogue}
    made = deliveries(seed, lines)
    for file in made:
        rows = (row(line, names[line.article]) for line in file.lines)
        write(landing / "web/sales" / file.night.isoformat() / file.name, HEADER, rows)
    for night, known in ((FIRST_DAY, catalogue[:-20]), (NEW_ARTICLES, catalogue)):
        products = ((article.code, article.name, article.category) for article in known)
        write(landing / "web/products" / night.isoformat() / "products.csv", ("货号", "品名", "类别"), products)
    return truth(made)


def deliveries(seed: int = SEED, lines: int = LINES) -> list[Delivery]:
    """The files of all nights, in order; with ``truth`` of the first of them, what is known after those."""
    nights: dict[date, list[Order]] = {}
    for order in orders(lines, Random(seed), articles(Random(seed))):
        nights.setdefault(exported(order[0].at.date()), []).append(order)
    send_again(nights)
    spoil(nights)
    found = []
    for night, of_night in nights.items():
        sold = tuple(line for order in of_night for line in order)
        if night == IN_PARTS:
            cut = next(n for n in range(len(sold) // 2, len(sold)) if sold[n].invoice == sold[n - 1].invoice)
            found += [Delivery(night, "sales_1.csv", sold[:cut]), Delivery(night, "sales_2.csv", sold[cut:])]
        elif night == LATE:
            found.append(Delivery(CAME_ON, "sales_14.06.csv", sold))
        else:
            names = ("sales.csv", "sales (1).csv") if night == TWICE else ("sales.csv",)
            found += [Delivery(night, name, sold) for name in names]
    return sorted(found, key=lambda file: (file.night, file.name))


def exported(day: date) -> date:
    return day + timedelta(days=day.weekday() == 6)


def send_again(nights: dict[date, list[Order]]) -> None:
    """One purchase in sixty comes again some days later: a line less, or its first price corrected."""
    early = [order for night in nights if night.month < 11 and night != LATE for order in purchases(nights[night])]
    for nth, order in enumerate(early[30::60]):
        cheaper = replace(order[0], price=order[0].price - Decimal("0.1050"))
        again = order[:-1] if nth % 2 else (cheaper, *order[1:])
        nights[exported(order[0].at.date() + timedelta(days=2 + nth % 5))].append(again)


def spoil(nights: dict[date, list[Order]]) -> None:
    """Singles' Day: pounds in a new order, and in one sent again; a price that is an error, and right a night later."""
    of_night = nights[SINGLES_DAY]
    pounds, wrong = sorted(purchases(of_night), key=len)[:2]
    before = min(purchases(nights[SINGLES_DAY - timedelta(days=5)]), key=len)
    of_night[of_night.index(pounds)] = (replace(pounds[0], currency="GBP"), *pounds[1:])
    of_night[of_night.index(wrong)] = (replace(wrong[0], is_broken=True), *wrong[1:])
    of_night.append((replace(before[0], currency="GBP"), *before[1:]))
    nights[SINGLES_DAY + timedelta(days=2)].append(wrong)


def purchases(of_night: list[Order]) -> list[Order]:
    """Those with more than one line."""
    return [order for order in of_night if order[0].kind == "sale" and len(order) > 1]


def row(line: Line, name: str) -> tuple[str, ...]:
    price = "#WERT!" if line.is_broken else in_german(line.price)
    at = f"{line.at:%d.%m.%Y %H:%M}"
    return line.invoice, line.article, name, in_german(line.quantity), price, line.currency, at, line.customer


def in_german(number: Decimal | int) -> str:
    return f"{number:,}".translate(str.maketrans(",.", ".,"))


def write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="gb18030", newline="") as file:
        lines = csv.writer(file, delimiter=";")
        lines.writerow(header)
        lines.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--landing", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--lines", type=int, default=LINES, help="about so many; a few come again")
    args = parser.parse_args()
    if args.lines < 5_000:
        parser.error("at least 5,000 lines, so that no night is without an order")
    made = build(args.landing, args.seed, args.lines)
    print(f"landing: {made.delivered:,} lines of a generated web shop, up to {LAST_DAY}, in {args.landing}/web/")
    for name, value in asdict(made).items():
        of_kinds = value.items() if isinstance(value, dict) else [("", value)]
        for kind, number in of_kinds:
            print(f"  {name} {kind}".ljust(42), f"{number:>14,}")


if __name__ == "__main__":
    main()
