"""The only door out of the vault: values in clear. Which code may import this is a law (setup.cfg)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from jobs.lake import transaction
from jobs.vault import keys, stored, tokens
from jobs.vault.keys import Keys


class CannotOpen(Exception):
    """No key of ours sealed the value."""


def opened(lake: Path, of: Keys, holds: Iterable[str] = ()) -> pa.Table:
    """``holds``, ``token``, ``value`` of all that the vault has of these kinds, of all kinds where none is named."""
    asked, known = set(holds), {keys.name(key): key for key in of.vault}
    found: list[tuple[str, str, str]] = []
    for file in transaction.files(stored.folder(lake)):
        for row in pq.read_table(file).to_pylist():
            if asked and row["holds"] not in asked:
                continue
            if row["key_name"] not in known:
                raise CannotOpen(f"The vault was sealed by key {row['key_name']}; there are {', '.join(known)}.")
            found.append(
                (row["holds"], row["token"], tokens.unseal(known[row["key_name"]], row["holds"], row["sealed"]))
            )
    columns = list(zip(*found, strict=True)) or [(), (), ()]
    return pa.table([pa.array(of, pa.string()) for of in columns], names=["holds", "token", "value"])
