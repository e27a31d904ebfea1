"""What people wrote down by tokens of an earlier key: read as the tokens of now, and by the owner of the key alone."""

import pyarrow as pa
import pytest

import expectations
from jobs.vault import keys, opening, renewing, rotating, stored, tokens
from jobs.vault.former import Former
from jobs.vault.hiding import Hiding
from jobs.vault.renewing import Renewed

OLD, NOW = (tokens.token(key, "payment_card", "4111") for key in (b"\x0f" * 32, b"\x10" * 32))
DECISIONS = expectations.TABLES["bronze.stewards_decisions"]


@pytest.fixture
def lake(tmp_path, own_keys):
    """With a former token, and its keys."""
    keys.make(own_keys)
    renewing.keep(tmp_path / "lake", {OLD: Renewed("payment_card", "4111", NOW)}, keys.load(own_keys))
    return tmp_path / "lake", own_keys


def read(lake, folder, *accounts: str) -> list[str]:
    hiding = Hiding(folder, lake / "staging", (), tuple(stored.former_tokens(lake)))
    values = {column.name: pa.array(accounts) for column in DECISIONS.columns}
    return hiding.hide(DECISIONS, values)["account_id"].to_pylist()


def test_an_account_is_called_as_now_and_others_stay(lake):
    other = f"pay:{'a' * 26}"
    asked = [f"pay:{OLD}", f"pay:{NOW}", other, "card:5", f"pay:{OLD}x", None]
    assert read(*lake, *asked) == [f"pay:{NOW}", f"pay:{NOW}", other, "card:5", f"pay:{OLD}x", None]


def test_who_has_the_old_key_alone_finds_nothing_in_it(lake):
    root, folder = lake
    files = stored.former_tokens(root)
    assert files and all(OLD.encode() not in file.read_bytes() for file in root.rglob("*") if file.is_file())
    assert Former(b"\x0f" * 32, files).renewed(pa.array([f"pay:{OLD}"])).to_pylist() == [f"pay:{OLD}"]
    assert Former(keys.load(folder).token, files).renewed(pa.array([f"pay:{OLD}"])).to_pylist() == [f"pay:{NOW}"]


def test_a_new_key_for_the_vault_seals_it_again(lake):
    root, folder = lake
    old = keys.load(folder)
    assert rotating.rotate(root, folder) == 2  # and the value that it stands for
    assert read(root, folder, f"pay:{OLD}") == [f"pay:{NOW}"]
    assert renewing.earlier(root, keys.load(folder)) == {OLD: NOW}
    with pytest.raises(opening.CannotOpen):
        renewing.earlier(root, old)
