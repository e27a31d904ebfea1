"""The truth of the world: why each customer does what they do, beside who they are. No job may read it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from samples.deliveries import write_csv
from samples.many_doors import truth
from samples.many_doors.texts import Text
from samples.scale.block import Block, on
from samples.scale.goods import CATEGORIES

HEAD = ["person", "came_on", "trip_days", "hour", "door", "price", "bears_days", "left_on", "left_why"]
HEAD += ["abuses", "brought_by", "brought_well"]
RHYTHMS = [f"days_{of.name.lower().replace(' ', '_')}" for of in CATEGORIES]


def write(
    folder: Path, block: Block, days: int, tickets: list[tuple], reviews: list[tuple[str, Text]], need: dict[str, str]
) -> None:
    """``customers.csv``: a row each, empty where it does not apply; ``days_milk`` and so on: the mean days between two
    purchases in a category; ``price``: how many times as much is bought when it is cheap. ``needs.csv``: what each
    ticket or review is about. The rest as of many doors."""
    baskets = block.orders.rename(columns={"order": "basket_id"})
    truth.write(folder, block.persons, block.doors, baskets, tickets, reviews)
    write_csv(folder / "customers.csv", [*HEAD, *RHYTHMS], customers(block, days))
    write_csv(folder / "needs.csv", ("id", "need"), need.items())


def customers(block: Block, days: int) -> list[list]:
    of, found = block.lives, list[list]()
    for n, number in enumerate(of.number.tolist()):
        bears = "" if np.isinf(of.bears[n]) else int(of.bears[n])
        left_on = on(int(np.ceil(of.left[n]))) if of.left[n] < days else ""
        is_in_vain = of.referrer[n] > 0 and not of.worked[n]
        why = "complaint" if of.left[n] == block.complained[n] else "in vain" if is_in_vain else "own"
        row = [number, on(int(of.came[n])), of.trip[n], of.hour[n], block.likes[n][0], f"{of.price[n]:.2f}", bears]
        row += [left_on, why if left_on else "", of.abuses[n]]
        row += [of.referrer[n], int(of.worked[n])] if of.referrer[n] else ["", ""]
        found.append([*row, *("" if np.isnan(every) else f"{every:.1f}" for every in of.every[n])])
    return found
