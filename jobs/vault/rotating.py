"""A new key for the vault: all that it holds is sealed again, and the old key is forgotten.

    python -m jobs.vault.rotating

Broken off at any point it goes on where it was: as long as vault.key has two lines both open, and the first seals.
Tokens stay as they are: the other key makes them, and with another one every table has to be made again, which
jobs/vault/rekeying.py does.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import uuid
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from jobs import screen, storage
from jobs.lake import small_tables, transaction
from jobs.lake.lock import LakeInUse, locked
from jobs.session import SettingsError, keys_folder, lake
from jobs.vault import keys, opening, stored, tokens
from jobs.vault.keys import Keys

OF_A_BATCH = 50_000  # rows
SEALED = (stored.VALUES, stored.FORMER)


def rotate(root: Path, folder: Path) -> int:
    """Seal the vault of the lake ``root`` anew. How many values were."""
    of = keys.load(folder)
    keys.check(root, of)
    if len(of.vault) == 1:
        of = keys.put(folder, "vault", (secrets.token_bytes(32), *of.vault))
    many = sum([_sealed_again(stored.folder(root, table), small_tables.layout(table), of) for table in SEALED])
    keys.note(root, of)
    for table in SEALED:  # what the old key opens is gone before the key is
        transaction.forget(stored.folder(root, table))
    if not keys.is_given("vault"):
        keys.put(folder, "vault", of.vault[:1])
    return many


def _sealed_again(vault: Path, layout: transaction.Layout, of: Keys) -> int:
    """All files anew, in one commit."""
    new, many = vault / uuid.uuid4().hex, 0
    for n, file in enumerate(transaction.files(vault)):
        storage.make_folder(new)
        with pq.ParquetWriter(new / f"{n}.parquet", layout.schema) as writer:
            for batch in pq.ParquetFile(file).iter_batches(OF_A_BATCH):
                rows = [_by_the_newest(row, of) for row in batch.to_pylist()]
                writer.write_table(pa.Table.from_pylist(rows, layout.schema))
                many += len(rows)
    if many:
        transaction.commit(vault, layout, storage.every(new), [])
    return many


def _by_the_newest(row: dict, of: Keys) -> dict:
    sealed = tokens.seal(of.vault[0], row["holds"], opening.value(row, of))
    return row | {"sealed": sealed, "key_name": of.newest}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.parse_args()
    try:
        with locked(lake(), "a new key for the vault"):
            many = rotate(lake(), keys_folder())
    except (SettingsError, LakeInUse) as error:
        screen.fail(str(error))
        return 2
    then = "take the old one out of GUANXI_VAULT_KEY" if keys.is_given("vault") else f"copy {keys_folder()} again"
    print(f"vault: {many:,} values sealed by a new key; {then}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
