"""A key that is missing or another one is told before anything is written."""

import pytest

from jobs import run
from jobs.vault import keys
from tests.conftest import DAY, House, sale

NIGHT = ["bronze", "--as-of", str(DAY)]


@pytest.fixture
def shop(house: House, monkeypatch, own_keys) -> House:
    house.deliver("store_sales", DAY, sale(1, 10, 100, paid_with="tok_1"))
    for name, value in {"LAKE": house.lake, "LANDING": house.landing, "KEYS": own_keys}.items():
        monkeypatch.setenv(f"GUANXI_{name}", str(value))
    return house


def test_keys_are_made_once_for_their_owner_alone(tmp_path):
    made = keys.make(tmp_path / "keys")
    assert [(file.name, file.stat().st_mode & 0o777) for file in made] == [("token.key", 0o600), ("vault.key", 0o600)]
    before = [file.read_text() for file in made]
    assert keys.make(tmp_path / "keys") == [] and [file.read_text() for file in made] == before
    assert before[0] != before[1]


@pytest.mark.parametrize("given", [None, "", "not a key", "0f" * 31])
def test_without_a_key_a_run_says_so_and_writes_nothing(shop, tmp_path, capsys, given):
    if given is not None:
        (tmp_path / "keys").mkdir()
        for which in ("token", "vault"):
            (tmp_path / "keys" / f"{which}.key").write_text(given)
    assert run.main(NIGHT) == 2
    said = capsys.readouterr().err
    assert "key" in said and "token.key" in said and (not given or given not in said)
    assert list(shop.lake.iterdir()) == []


def test_while_the_key_is_changed_a_run_says_so_and_writes_nothing(shop, tmp_path, capsys):
    keys.make(tmp_path / "keys")
    keys.write(tmp_path / "keys" / "token.key", [b"\x11" * 32, b"\x0f" * 32])
    assert run.main(NIGHT) == 2
    assert "is being changed" in (said := capsys.readouterr().err) and "make rekey" in said
    assert list(shop.lake.iterdir()) == []


def test_a_lake_is_not_written_with_another_key(shop, tmp_path, capsys):
    keys.make(tmp_path / "keys")
    assert run.main(NIGHT) == 0
    before = sorted(shop.lake.rglob("*"))
    for file in (tmp_path / "keys").iterdir():
        file.unlink()
    keys.make(tmp_path / "keys")
    keys.load.cache_clear()
    capsys.readouterr()
    assert run.main(NIGHT) == 2
    said = capsys.readouterr().err
    assert "The key that makes the tokens is not the one" in said and "Put it back" in said
    assert sorted(shop.lake.rglob("*")) == before
