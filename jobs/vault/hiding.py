"""What a task that reads landing files hides: tokens and texts without persons go on, the values lie sealed in a folder
until the vault has them.

Each of Spark's Python workers reads the keys by itself and writes its own files; a task that is done again writes the
same once more, and the vault takes each value once.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from expectations.contract import Table
from jobs import storage
from jobs.arrow import mapped
from jobs.vault import keys, knowing, tokens
from jobs.vault.former import Former
from jobs.vault.knowing import Knowing
from jobs.vault.text.redacting import redacted

MANY = 50_000  # values that a task holds before it writes them
SHAPE = pa.schema([("holds", pa.string()), ("token", pa.string()), ("sealed", pa.binary()), ("key_name", pa.string())])
VALUES, NAMES = "values", "names"  # folders for what the two tables of the vault take


@dataclass
class Hiding:
    """``keys``: folder of the keys; ``folder``: where sealed values are left; ``names``: files of the names that the
    vault knows; ``former``: of the tokens of earlier keys."""

    keys: Path
    folder: Path
    names: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    tokens: dict[tuple[str, str], str] = field(default_factory=dict)
    sealed: list[tuple[str, str, bytes, str]] = field(default_factory=list)

    @cached_property
    def knowing(self) -> Knowing:
        return Knowing(keys.load(self.keys).token, self.names)

    @cached_property
    def renewing(self) -> Former:
        return Former(keys.load(self.keys).token, self.former)

    def hide(self, feed: Table, values: Mapping[str, pa.Array]) -> dict[str, pa.Array]:
        """Of all that is direct in a batch of a feed what goes on. Texts come last: the names beside them are known.
        Accounts as the lake calls them are called as now."""
        found = {of.name: self.hidden(of.holds, values[of.name]) for of in feed.hidden if not of.is_text}
        found |= {of.name: self.renewing.renewed(values[of.name]) for of in feed.columns if of.ours}
        beside = [
            [values[of.name].to_pylist() for of in feed.columns if is_asked(of)]
            for is_asked in (lambda of: of.holds == "name", lambda of: of.is_id)
        ]
        for column in (of for of in feed.hidden if of.is_text):
            found[column.name] = self._redacted(values[column.name], *beside)
        return found

    def _redacted(self, texts: pa.Array, names: list[list], ids: list[list]) -> pa.Array:
        def of_row(n: int, columns: list[list]) -> list[str]:
            return [of[n] for of in columns if of[n]]

        found = [
            None if text is None else redacted(text, self.knowing.among, of_row(n, names), of_row(n, ids))
            for n, text in enumerate(texts.to_pylist())
        ]
        return pa.array(found, pa.string())

    def hidden(self, holds: str, values: pa.Array) -> pa.Array:
        """Tokens in place of texts."""
        return mapped(values, partial(self._token, holds))

    def _token(self, holds: str, value: str) -> str:
        if (holds, value) not in self.tokens:
            of = keys.load(self.keys)
            found = tokens.token(of.token, holds, value)
            self.tokens[holds, value] = found
            self.sealed.append((holds, found, tokens.seal(of.vault[0], holds, value), of.newest))
            if holds == "name":
                self.knowing.learn(value)
            if len(self.sealed) >= MANY:
                self.leave()
            return found
        return self.tokens[holds, value]

    def leave(self) -> None:
        """Write what was sealed and learned, and forget it."""
        if self.sealed:
            columns = [pa.array(of, kind.type) for of, kind in zip(zip(*self.sealed, strict=True), SHAPE, strict=True)]
            self._leave(VALUES, pa.table(columns, schema=SHAPE))
        if self.knowing.learned:
            self._leave(NAMES, knowing.table(self.knowing.learned))
        self.sealed.clear()
        self.tokens.clear()
        self.knowing.learned.clear()

    def _leave(self, what: str, rows: pa.Table) -> None:
        storage.make_folder(self.folder / what)
        pq.write_table(rows, self.folder / what / f"{uuid.uuid4().hex}.parquet")
