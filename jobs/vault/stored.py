"""``vault.personal_values``: what came is added, each value once."""

from __future__ import annotations

import threading
import uuid
from pathlib import Path

import expectations
from jobs import storage
from jobs.lake import ledger, sql, transaction

TABLE = expectations.TABLES["vault.personal_values"]
LAYOUT = transaction.Layout(TABLE.columns, TABLE.comment)
ONE_AT_A_TIME = threading.Lock()  # feeds of a run are loaded side by side, and the vault is one table


def folder(lake: Path) -> Path:
    return ledger.path(lake, TABLE.name)


def add(lake: Path, collected: Path) -> None:
    """Take what the tasks of a feed left in ``collected``, but for what the vault has, in one commit."""
    if not (new := storage.every(collected)):
        return
    with ONE_AT_A_TIME, sql.connect() as db:
        found = f"(select distinct on (holds, token) * from {sql.parquet(new)})"
        if held := transaction.files(folder(lake)):
            found = f"(from {found} anti join {sql.parquet(held)} using (holds, token))"
        db.execute(f"create temp table added as select holds, token, sealed, key_name from {found} order by all")
        if db.sql("select count(*) from added").fetchone() != (0,):
            file = folder(lake) / uuid.uuid4().hex / "values.parquet"
            storage.make_folder(file.parent)
            db.execute(f"copy added to '{file}'")
            transaction.commit(folder(lake), LAYOUT, [file], None)
