"""What a task that reads landing files hides: tokens go on, the values lie sealed in a folder until the vault has them.

Each of Spark's Python workers reads the keys by itself and writes its own files; a task that is done again writes the
same once more, and the vault takes each value once.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from jobs import storage
from jobs.vault import keys, tokens

MANY = 50_000  # values that a task holds before it writes them
SHAPE = pa.schema([("holds", pa.string()), ("token", pa.string()), ("sealed", pa.binary()), ("key_name", pa.string())])


@dataclass
class Hiding:
    """``keys``: folder of the keys; ``folder``: where sealed values are left."""

    keys: Path
    folder: Path
    tokens: dict[tuple[str, str], str] = field(default_factory=dict)
    sealed: list[tuple[str, str, bytes, str]] = field(default_factory=list)

    def hidden(self, holds: str, values: pa.Array) -> pa.Array:
        """Tokens in place of texts."""
        encoded = values.dictionary_encode()
        found = [self._token(holds, value) for value in encoded.dictionary.to_pylist()]
        return pa.array(found, pa.string()).take(encoded.indices)

    def _token(self, holds: str, value: str) -> str:
        if (holds, value) not in self.tokens:
            of = keys.load(self.keys)
            found = tokens.token(of.token, holds, value)
            self.tokens[holds, value] = found
            self.sealed.append((holds, found, tokens.seal(of.vault[0], holds, value), of.newest))
            if len(self.sealed) >= MANY:
                self.leave()
        return self.tokens[holds, value]

    def leave(self) -> None:
        """Write what was sealed, and forget it."""
        if self.sealed:
            storage.make_folder(self.folder)
            columns = [pa.array(of, kind.type) for of, kind in zip(zip(*self.sealed, strict=True), SHAPE, strict=True)]
            pq.write_table(pa.table(columns, schema=SHAPE), self.folder / f"{uuid.uuid4().hex}.parquet")
        self.sealed.clear()
        self.tokens.clear()
