"""A new key for the vault: what it holds is the same, and the old key opens nothing."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jobs.session import SettingsError
from jobs.vault import keys, opening, rotating, stored
from jobs.vault.hiding import Hiding

VALUES = ["Ann Lee", "李楠", "王伟"]


@pytest.fixture
def vault(tmp_path, own_keys):
    """A lake whose vault holds names, and its keys."""
    lake = tmp_path / "lake"
    keys.make(own_keys)
    put(lake, own_keys, VALUES[:2])
    return lake, own_keys


def put(lake, folder, values) -> None:
    hiding = Hiding(folder, lake / "staging" / str(len(values)))
    hiding.hidden("name", pa.array(values))
    hiding.leave()
    stored.add(lake, hiding.folder)


def shown(lake, folder) -> dict[str, str]:
    return {row["token"]: row["value"] for row in opening.opened(lake, keys.load(folder)).to_pylist()}


def test_everything_is_sealed_again_and_the_old_key_opens_nothing(vault):
    lake, folder = vault
    before, old = shown(lake, folder), keys.load(folder)
    assert sorted(before.values()) == sorted(VALUES[:2])
    assert rotating.rotate(lake, folder) == 2
    assert shown(lake, folder) == before
    assert len(keys.load(folder).vault) == 1 and keys.load(folder).token == old.token
    with pytest.raises(opening.CannotOpen):
        opening.opened(lake, old)
    files = stored.folder(lake).rglob("*.parquet")
    left = [name for file in files for name in pq.read_table(file)["key_name"].to_pylist()]
    assert left == [keys.name(keys.load(folder).vault[0])] * 2


@pytest.mark.parametrize("dies_in", ["_sealed_again", "note", "forget"])
def test_broken_off_it_goes_on_where_it_was(vault, monkeypatch, dies_in):
    lake, folder = vault
    before, owner = shown(lake, folder), {"note": keys, "forget": rotating.transaction}.get(dies_in, rotating)
    with monkeypatch.context() as dying:
        dying.setattr(owner, dies_in, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            rotating.rotate(lake, folder)
    assert shown(lake, folder) == before  # and a night may come between
    put(lake, folder, VALUES)
    rotating.rotate(lake, folder)
    assert sorted(shown(lake, folder).values()) == sorted(VALUES) and before.items() <= shown(lake, folder).items()
    assert len(keys.load(folder).vault) == 1


def test_keys_of_the_environment_are_their_owners_to_replace(vault, monkeypatch):
    lake, folder = vault
    monkeypatch.setenv("GUANXI_VAULT_KEY", (folder / "vault.key").read_text().strip())
    keys.load.cache_clear()
    with pytest.raises(SettingsError, match="put a new key before the old one"):
        rotating.rotate(lake, folder)
    before, old = shown(lake, folder), keys.load(folder)
    monkeypatch.setenv("GUANXI_VAULT_KEY", f"{'0f' * 32} {old.vault[0].hex()}")
    keys.load.cache_clear()
    assert rotating.rotate(lake, folder) == 2
    monkeypatch.setenv("GUANXI_VAULT_KEY", "0f" * 32)
    keys.load.cache_clear()
    assert shown(lake, folder) == before
