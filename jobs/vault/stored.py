"""The tables of the vault: to ``personal_values`` and ``known_names`` what came is added, each value once;
``former_tokens`` is written when the key that makes tokens is changed."""

from __future__ import annotations

import threading
import uuid
from pathlib import Path

import expectations
from expectations.contract import Table
from jobs import storage
from jobs.lake import ledger, small_tables, sql, transaction
from jobs.vault import hiding

VALUES, NAMES, FORMER = (
    expectations.TABLES[f"vault.{name}"] for name in ("personal_values", "known_names", "former_tokens")
)
LEFT = {hiding.VALUES: VALUES, hiding.NAMES: NAMES}
ONE_AT_A_TIME = threading.Lock()  # feeds of a run are loaded side by side, and the vault is one


def folder(lake: Path, table: Table = VALUES) -> Path:
    return ledger.path(lake, table.name)


def known_names(lake: Path) -> list[str]:
    """The files that hold what names are known by."""
    return transaction.files(folder(lake, NAMES))


def former_tokens(lake: Path) -> list[str]:
    """The files that hold what tokens of earlier keys are now."""
    return transaction.files(folder(lake, FORMER))


def add(lake: Path, collected: Path) -> None:
    """Take what the tasks of a feed left in ``collected``, but for what the vault has: one commit a table."""
    with ONE_AT_A_TIME:
        for left, table in LEFT.items():
            if new := storage.every(collected / left):
                _add(folder(lake, table), table, new)


def _add(folder: Path, table: Table, new: list[Path]) -> None:
    key, columns = ", ".join(table.key), ", ".join(column.name for column in table.columns)
    with sql.connect() as db:
        found = f"(select distinct on ({key}) * from {sql.parquet(new)})"
        if held := transaction.files(folder):
            found = f"(from {found} anti join {sql.parquet(held)} using ({key}))"
        db.execute(f"create temp table added as select {columns} from {found} order by all")
        if db.sql("select count(*) from added").fetchone() != (0,):
            file = folder / uuid.uuid4().hex / "values.parquet"
            storage.make_folder(file.parent)
            db.execute(f"copy added to '{file}'")
            transaction.commit(folder, small_tables.layout(table), [file], None)
