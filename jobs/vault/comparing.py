"""Has a lake that was made anew all that the old one has?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq

import expectations
from expectations.contract import Table
from jobs.lake import delta, ledger
from jobs.vault.beside import CUSTOMERS, LEDGER, Old


class NotTheSame(Exception):
    """The new lake lacks what the old one has. ``code``: exit code of the night that made it."""

    def __init__(self, words: str, code: int) -> None:
        super().__init__(words)
        self.code = code


def lacks(old: Old, new: Path, renewed: Callable[[str], str]) -> list[str]:
    """What the old lake has of its newest night, and the new one has not, in words."""
    was, now = _of_accounts(old, old.lake, LEDGER, "account_number"), _of_accounts(old, new, LEDGER, "account_number")
    numbers = sum(now.get(renewed(account)) != number for account, number in was.items())
    return [*_nights(old, new), *[f"{numbers:,} numbers of {LEDGER.name}"] * bool(numbers)]


def _nights(old: Old, new: Path) -> Iterator[str]:
    """A night that a gate stops in the new lake, and let pass in the old one, is one."""
    for name, held in old.state.made.items():
        write, has = expectations.TABLES[name].write, ledger.holds(new, name)
        if write == "delivery":
            asked = {night: of for night, of in held.items() if night.night <= old.as_of and (of.rows or of.files)}
        else:
            asked = {night: of for night, of in held.items() if night.night == old.as_of and write != "state"}
        lost = [night for night, of in asked.items() if night not in has or of.files.keys() - has[night].files.keys()]
        if lost:
            yield f"{name} of {lost[0]}" + f" and of {len(lost) - 1:,} other nights" * (len(lost) > 1)


def moved(old: Old, new: Path, renewed: Callable[[str], str]) -> int:
    """Accounts that another customer's number stands at than in the old lake."""
    was, now = _of_accounts(old, old.lake, CUSTOMERS, "customer_id"), _of_accounts(old, new, CUSTOMERS, "customer_id")
    return sum(now.get(renewed(account)) != customer for account, customer in was.items())


def _of_accounts(old: Old, lake: Path, table: Table, column: str) -> dict[str, int]:
    """Account -> what stands in ``column``, in the newest night of the old lake."""
    files = delta.known(lake, table, old.as_of).files
    rows = (pq.ParquetFile(file).read(["account_id", column]).to_pydict() for file in files)
    return {account: number for of in rows for account, number in zip(of["account_id"], of[column], strict=True)}
