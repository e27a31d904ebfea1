"""A till of 400 customers who buy as BG/NBD and gamma-gamma say, delivered by the week: enough to train on."""

from datetime import date, timedelta

from jobs.statistics import BgNbd, GammaGamma
from samples.customers import simulate
from tests.conftest import House, sale

FIRST = date(2017, 1, 1)
LAST = FIRST + timedelta(days=7 * 30)


def deliver(house: House, weeks_more: int = 0) -> None:
    """Thirty weekly deliveries up to the night of ``LAST``; and ``weeks_more``, in which the first customers buy."""
    of = simulate(400, BgNbd(2, 20, 0.4, 3), GammaGamma(6, 4, 40), days=200, seed=4)
    lines: dict[date, list[str]] = {}
    for n in range(400):
        repeats = {int(of.recency[n] * part / of.frequency[n]) for part in range(1, int(of.frequency[n]) + 1)}
        for day in {0} | repeats:
            on = LAST - timedelta(days=int(of.T[n]) - day)
            week = on + timedelta(days=-(on - FIRST).days % 7)
            lines.setdefault(week, []).append(_order(n, day, on))
    for week in (LAST + timedelta(days=7 * n) for n in range(1, weeks_more + 1)):
        lines[week] = [_order(n, 500 + week.day, week) for n in range(0, 400, 9)]
    for week, of_week in lines.items():
        house.deliver("store_sales", week, *of_week)


def _order(customer: int, day: int, on: date) -> str:
    return sale(customer, 1000 * customer + day, 1, at=f"{on}T17:00:00Z", value=f"{10 + customer % 7}.00")
