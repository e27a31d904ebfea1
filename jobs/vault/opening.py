"""The only door out of the vault: values in clear. Which code may import this is a law (setup.cfg)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jobs.lake import transaction
from jobs.session import SettingsError
from jobs.vault import stored
from jobs.vault.keys import Keys
from jobs.vault.tokens import NONCE


class CannotOpen(SettingsError):
    """No key of ours sealed the value."""


def opened(lake: Path, of: Keys, holds: Iterable[str] = (), tokens: Iterable[str] | None = None) -> pa.Table:
    """``holds``, ``token``, ``value`` of all that the vault has of these kinds, of all kinds where none is named; of
    these ``tokens`` alone, where they are given: nothing else is opened."""
    kinds, asked = set(holds), None if tokens is None else set(tokens)
    rows = (row for file in transaction.files(stored.folder(lake)) for row in pq.read_table(file).to_pylist())
    of_kinds = (row for row in rows if not kinds or row["holds"] in kinds)
    found = [(row["holds"], row["token"], value(row, of)) for row in of_kinds if asked is None or row["token"] in asked]
    columns = list(zip(*found, strict=True)) or [(), (), ()]
    return pa.table([pa.array(of, pa.string()) for of in columns], names=["holds", "token", "value"])


def value(row: Mapping, of: Keys) -> str:
    """What a row of the vault holds."""
    if row["key_name"] not in of.of_vault:
        raise CannotOpen(f"The vault was sealed by key {row['key_name']}; there are {', '.join(of.of_vault)}.")
    return unseal(of.of_vault[row["key_name"]], row["holds"], row["sealed"])


def unseal(key: bytes, holds: str, sealed: bytes) -> str:
    """The value; ``cryptography.exceptions.InvalidTag`` where it was sealed by another key, or as something else."""
    return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], holds.encode()).decode()
