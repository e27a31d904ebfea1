"""Tokens of an earlier key in what people wrote down: the file of a data steward may come after the key was changed, or
lie in landing since before. They are found by digests that only the owner of the key of now can make."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import pyarrow as pa
import pyarrow.parquet as pq

from jobs.arrow import mapped
from jobs.vault import tokens

FORMER = "former token"


class Former:
    """``files``: of the table of the former tokens."""

    def __init__(self, key: bytes, files: Iterable[str]) -> None:
        self.key, self.now = key, stored(tuple(files))

    def renewed(self, accounts: pa.Array) -> pa.Array:
        """Accounts as they are called now; one that no earlier key had a part in stays as it is."""
        return mapped(accounts, lambda account: tokens.replaced(account, self._now))

    def _now(self, token: str) -> str:
        return self.now.get(tokens.token(self.key, FORMER, token), token)


@lru_cache(1)
def stored(files: tuple[str, ...]) -> dict[str, str]:
    """Digest of a former token -> token of now."""
    found = [pq.read_table(file, columns=["token", "now"]).to_pylist() for file in files]
    return {row["token"]: row["now"] for rows in found for row in rows}
