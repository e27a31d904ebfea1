"""Who is who among 200,000 accounts of samples/scale: ours beside plain Splink on the same rows, and one more night.

    python -m benchmarks.run "identity at size"

The world has 86,000 customers and 56 days. Accounts say names, numbers, addresses and birthdays, or are known by a
payment card alone; what tickets quote is given to neither of the two. Members come in a file every four weeks: who is
newer has said nothing yet, so that nobody could find all pairs.
"""

from __future__ import annotations

import random
from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from benchmarks import many_doors
from benchmarks.anybody import measures
from benchmarks.plain import best, plain
from benchmarks.resolver import Resolved, Told, checked, linked, one_more_night, resolved
from benchmarks.timing import alone
from samples.complete_journey import FIRST_DAY
from samples.scale.build import build

CUSTOMERS, DAYS = 86_000, 56
Truth = dict[str, str]


def at_size(folder: Path) -> dict[str, float]:
    landing, truth = folder / "landing", folder / "truth"
    build(landing, truth, CUSTOMERS, DAYS, FIRST_DAY + timedelta(days=DAYS - 1))
    told = Told(many_doors.records(landing), many_doors.paid(landing))
    whose = {account: min(of) for account, of in many_doors.persons(truth).items() if len(of) == 1}
    return measured(told, whose)


def measured(told: Told, whose: Truth) -> dict[str, float]:
    """Of a world that was read; ``whose``: who is behind each account of one person."""
    ours, took, most = alone(resolved, told)
    right = {account: of for account, of in whose.items() if account in ours.clusters}
    found: dict[str, float] = {"accounts": len(ours.clusters), "pairs compared": ours.pairs}
    found |= {f"ours: {what}": of for what, of in measures(ours.clusters, right, took, most).items()}
    found |= {f"ours: {step}, seconds": of for step, of in ours.seconds.items()}
    theirs, took, most = alone(plain, rows(told))
    least, joined = best(theirs, right)
    found |= {f"plain Splink, from {least:g}: {what}": of for what, of in measures(joined, right, took, most).items()}
    for name, changed, is_new in nights(told):
        found |= _night(name, told, ours, changed, is_new)
    return found


def rows(told: Told) -> pd.DataFrame:
    """What plain Splink compares: a row for each record, with the payment cards of its account."""
    said = told.records.to_pandas().rename(columns={"birthday": "date_of_birth"})
    said = said[["account_id", "name", "phone", "email", "address", "date_of_birth"]].drop_duplicates()
    assert told.paid
    cards = told.paid.to_pandas().groupby("account_id")["payment_card"].agg(lambda of: sorted({*of}))
    silent = pd.DataFrame({"account_id": sorted({*cards.index} - {*said["account_id"]})})
    every = pd.concat([said, silent], ignore_index=True)
    every = every.astype(object).where(every.notna(), None)
    return every.assign(cards=[cards.get(account) for account in every["account_id"]])


def nights(told: Told) -> list[tuple[str, Collection[str], bool]]:
    """One account in a hundred: the newest, any, and any that was there and says something else."""
    assert told.paid
    both = [of.select(["account_id", "since"]).to_pandas() for of in (told.records, told.paid)]
    since: dict[str, date] = pd.concat(both).groupby("account_id")["since"].min().to_dict()
    many = len(since) // 100
    newest = sorted(since, key=lambda account: (since[account], account))[-many:]
    some = random.Random(1).sample(sorted(since), many)
    return [("the newest 1 % come", newest, True), ("any 1 % come", some, True), ("any 1 % change", some, False)]


def _night(name: str, told: Told, whole: Resolved, changed: Collection[str], is_new: bool) -> dict[str, float]:
    """Its links must be those of a comparison of all; what it costs, against that."""
    before = whole
    if is_new:
        before, *_ = alone(linked, told.without(changed), whole.model)
    night, *_ = alone(one_more_night, told, before, changed, is_new)
    found = checked(night, whole) | {"seconds, at most": 5 + 0.05 * sum(whole.seconds.values())}
    return {f"{name}: {what}": of for what, of in found.items()}
