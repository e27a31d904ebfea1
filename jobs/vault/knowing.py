"""The names that the vault knows, found in texts without opening it: by digests that only its owner can make."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from jobs.vault import tokens
from jobs.vault.text import known
from jobs.vault.text.known import Group

WHOLE, PART = "name", "part of a name"


class Knowing:
    """``learned``: digests of names that were met since the last were left for the vault."""

    def __init__(self, key: bytes, files: Iterable[str]) -> None:
        self.digest = lru_cache(1 << 16)(
            lambda is_part, folded: tokens.known_by(key, PART if is_part else WHOLE, folded)
        )
        self.of_vault = stored(tuple(files))
        self.learned: set[int] = set()

    def learn(self, name: str) -> None:
        """Of what a name may be called whole and in part, the digests."""
        self.learned.update(self.digest(False, of) for of in known.wholes(name))
        self.learned.update(self.digest(True, of) for of in known.parts(name))

    def among(self, groups: Collection[Group]) -> set[Group]:
        """Those of some groups of words that are names."""
        asked = [(self.digest(of.is_part, of.folded), of) for of in groups]
        digests = np.array([digest for digest, _ in asked], np.int64)
        places = np.searchsorted(self.of_vault, digests).clip(max=len(self.of_vault) - 1)
        is_stored = self.of_vault[places] == digests if len(self.of_vault) else np.zeros(len(asked), bool)
        return {of for (digest, of), found in zip(asked, is_stored, strict=True) if found or digest in self.learned}


@lru_cache(1)
def stored(files: tuple[str, ...]) -> np.ndarray:
    """All digests of the vault, sorted: eight bytes each, read once by a worker."""
    found = [pq.read_table(file)["digest"].to_numpy() for file in files]
    return np.sort(np.concatenate(found)) if found else np.array([], np.int64)


def table(digests: Iterable[int]) -> pa.Table:
    """As they are left for the vault."""
    return pa.table({"digest": pa.array(sorted(digests), pa.int64())})
