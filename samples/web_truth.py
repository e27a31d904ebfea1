"""What must come out of the web shop's deliveries: reckoned from the drawn lines, by nobody's pipeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any

from samples.web_orders import CLOCK_CHANGES, KINDS, Line, Order

FOREIGN, UNREADABLE = "a line is in another currency", "a line cannot be read"


@dataclass(frozen=True)
class Delivery:
    """One file of a night."""

    night: date
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Truth:
    """``delivered`` = ``known`` + ``superseded`` + ``repeated`` + all ``rejected``, in lines."""

    delivered: int
    known: int
    superseded: int  # by an order sent again
    repeated: int  # in a file that equals another of its night
    rejected: dict[str, int]  # why -> lines, those of the same order with it
    money: dict[str, Decimal]  # kind of line -> money known; a return's is negative
    of_customers: Decimal
    of_guests: Decimal
    purchases: int  # orders with a sale
    returns: int  # receipts of returns alone
    customers: int  # who bought or returned
    only_returned: int  # of them, who bought nothing
    refunded: int  # of them, who bought, and got back all their money
    at_odd_hours: int  # lines at a local time that did not exist, or existed twice
    in_two_files: int  # lines of an order that two files of its night share

    @property
    def total(self) -> Decimal:
        return self.of_customers + self.of_guests


def truth(deliveries: Iterable[Delivery]) -> Truth:
    """What is known after these deliveries: of each order the newest that has no fault."""
    known: dict[str, Order] = {}
    lines: Counter[str] = Counter()
    rejected: Counter[str] = Counter()
    by_night = attrgetter("night")
    for _, files in groupby(sorted(deliveries, key=by_night), by_night):
        contents = [file.lines for file in files]
        once = dict.fromkeys(contents)
        lines["delivered"] += sum(map(len, contents))
        lines["repeated"] += sum(map(len, contents)) - sum(map(len, once))
        invoices = [{line.invoice for line in content} for content in once]
        for invoice, order in whole(once).items():
            lines["at_odd_hours"] += len(order) * (order[0].at.date() in CLOCK_CHANGES and order[0].at.hour == 2)
            lines["in_two_files"] += len(order) * (sum(invoice in of_file for of_file in invoices) > 1)
            if why := fault(order):
                rejected[why] += len(order)
            else:
                lines["superseded"] += len(known.get(invoice, ()))
                known[invoice] = order
    return Truth(rejected=dict(rejected), **what_counts(list(known.values())) | dict(lines))


def whole(contents: Iterable[Order]) -> dict[str, Order]:
    """The orders of a night, their lines together."""
    found: dict[str, Order] = {}
    for line in (line for content in contents for line in content):
        found[line.invoice] = (*found.get(line.invoice, ()), line)
    return found


def fault(order: Order) -> str:
    if any(line.is_broken for line in order):
        return UNREADABLE
    return FOREIGN if any(line.currency != "USD" for line in order) else ""


def what_counts(orders: list[Order]) -> dict[str, Any]:
    lines = [line for order in orders for line in order]
    spent: dict[str, Decimal] = {}
    for line in lines:
        spent[line.customer] = spent.get(line.customer, Decimal(0)) + money(line)
    buyers = {line.customer for line in lines if line.customer and line.kind == "sale"}
    customers = {line.customer for line in lines if line.customer}
    purchases = sum(any(line.kind == "sale" for line in order) for order in orders)
    return {
        "known": len(lines),
        "money": {kind: sum((money(line) for line in lines if line.kind == kind), Decimal(0)) for kind in KINDS},
        "of_customers": sum((spent[customer] for customer in customers), Decimal(0)),
        "of_guests": spent.get("", Decimal(0)),
        "purchases": purchases,
        "returns": len(orders) - purchases,
        "customers": len(customers),
        "only_returned": len(customers - buyers),
        "refunded": sum(not spent[customer] for customer in buyers),
    }


def money(line: Line) -> Decimal:
    """Units times price, to the cent once, half up."""
    return (line.quantity * line.price).quantize(Decimal("0.01"), ROUND_HALF_UP)
