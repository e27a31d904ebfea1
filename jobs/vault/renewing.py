"""The tokens that accounts are called by, made by another key: what they stand for is opened, and hidden again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq

import expectations
from jobs.lake import ledger, small_tables, transaction
from jobs.session import SettingsError
from jobs.vault import opening, stored, tokens
from jobs.vault.former import FORMER
from jobs.vault.keys import Keys

LEDGER = expectations.TABLES["silver.account_numbers"]


class Renewed(NamedTuple):
    """What a token stands for, and the token by the new key."""

    holds: str
    value: str
    token: str


def renewals(lake: Path, old: Keys, new: Keys) -> dict[str, Renewed]:
    """Token -> what it is now, of all that the ledger's accounts are called by, or were by earlier keys.

    SettingsError where the old key did not make them, or the vault lacks one: its account would lose its number.
    """
    asked = _asked(lake)
    told = [(row["holds"], row["token"], row["value"]) for row in opening.opened(lake, old, tokens=asked).to_pylist()]
    if any(tokens.token(old.token, holds, value) != token for holds, token, value in told):
        raise SettingsError(
            f"The key that makes the tokens is not the one that {lake} was made with. Put that one back."
        )
    now = {was: Renewed(holds, value, tokens.token(new.token, holds, value)) for holds, was, value in told}
    spaces = {column.space for feed in expectations.select("bronze") for column in feed.columns}
    if lost := [account for token, account in asked.items() if token not in now and _space(account) not in spaces]:
        raise SettingsError(
            f"{lake}: {len(lost):,} accounts of {LEDGER.name} are called by tokens that the vault does not know, and "
            "would lose their numbers. Put the folder vault back from a copy."
        )
    return now | {was: now[token] for was, token in earlier(lake, old).items() if token in now}


def keep(lake: Path, now: Mapping[str, Renewed], of: Keys) -> None:
    """In a new vault what the ledger's accounts are called by, though their deliveries were taken back; and for what
    people wrote down what each token is ``now``, to be found by who has the key of now."""

    def sealed(holds: str, token: str, value: str) -> tuple:
        return holds, token, tokens.seal(of.vault[0], holds, value), of.newest

    values = [sealed(each.holds, each.token, each.value) for each in sorted(set(now.values()))]
    former = [(*sealed(FORMER, tokens.token(of.token, FORMER, was), was), each.token) for was, each in now.items()]
    for table, rows in ((stored.VALUES, values), (stored.FORMER, former)):
        if rows:
            small_tables.append(stored.folder(lake, table), table, rows, "")


def _asked(lake: Path) -> dict[str, str]:
    """What may be a token in the ledger's accounts -> the account: a channel may have ids of that form too."""
    files = transaction.files(ledger.path(lake, LEDGER.name))
    accounts = (account for file in files for account in pq.read_table(file)["account_id"].to_pylist())
    return {token: account for account in accounts for token in tokens.IN_TEXT.findall(account)}


def earlier(lake: Path, of: Keys) -> dict[str, str]:
    rows = small_tables.read(stored.folder(lake, stored.FORMER), stored.FORMER)
    return {opening.value(row, of): row["now"] for row in rows}


def _space(account: str) -> str:
    return account.partition(":")[0]
