"""What is direct goes into the vault, sealed; a token goes on."""

import json
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cryptography.exceptions import InvalidTag

import expectations
from jobs.landing import listing, reading
from jobs.vault import hiding, keys, opening, tokens
from tests.conftest import DAY, NIGHT_BEFORE, House

KEY, OTHER = b"\x0f" * 32, b"\x10" * 32
ACCOUNTS = expectations.TABLES["bronze.app_accounts"]


def account(number: str, name: str, phone: str, email: str = "ann.lee@example.com") -> str:
    told = {"account_id": number, "name": name, "opened_at": "2017-01-01T10:00:00Z", "birthday": "1990-01-31"}
    told |= {"phone": {"number": phone, "verified": True}, "email": {"address": email, "verified": False}}
    return json.dumps(told)


@pytest.fixture
def shop(house: House) -> House:
    house.deliver("app_accounts", NIGHT_BEFORE, account("u1", "Ann Lee", "(212) 555-0123"))
    house.deliver("app_accounts", DAY, account("u2", "李楠", "+1 212 555 0123", "ANN.LEE@example.com"))
    house.deliver("service_tickets", DAY, json.dumps({"ticket_id": "T1", "from": {"phone": "2125550123"}}))
    return house


def vault(house: House) -> dict[tuple[str, str], str]:
    found = opening.opened(house.lake, keys.load(Path())).to_pylist()
    return {(row["holds"], row["value"]): row["token"] for row in found}


def test_equal_values_get_equal_tokens_and_the_vault_knows_them(shop):
    assert shop.night("bronze.app_accounts", "bronze.service_tickets").code == 0
    one, other = shop.rows("bronze.app_accounts", "account_id", "name", "phone", "email", "birthday")
    [(phone,)] = shop.rows("bronze.service_tickets", "phone")
    assert one[2:] == other[2:] and one[2] == phone and one[1] != other[1]
    known = vault(shop)
    assert known == {
        ("name", "Ann Lee"): one[1],
        ("name", "李楠"): other[1],
        ("phone", "+12125550123"): phone,
        ("email", "ann.lee@example.com"): one[3],
        ("birthday", "1990-01-31"): one[4],
    }
    version = sorted((shop.lake / "vault/personal_values/_delta_log").glob("*.json"))
    assert shop.night("bronze.app_accounts", full=True).code == 0
    assert vault(shop) == known
    assert sorted((shop.lake / "vault/personal_values/_delta_log").glob("*.json")) == version


def test_no_plan_and_no_worker_is_given_a_key(shop):
    path = shop.landing / f"app/accounts/{DAY}/part.csv"
    frame = reading.read(shop.spark, [listing.look(path, shop.landing, ACCOUNTS)], ACCOUNTS, *shop.hiding)
    told, sent = frame._jdf.queryExecution().toString(), _sent(frame)
    assert frame.count() == 1 and b"Hiding" in sent
    for which in ("TOKEN", "VAULT"):
        key = os.environ[f"GUANXI_{which}_KEY"]
        assert key not in told and key.encode() not in sent and bytes.fromhex(key) not in sent


def _sent(frame) -> bytes:
    """What the workers are given: the function, pickled."""
    command = frame._jdf.queryExecution().analyzed().functionExpr().func().command()
    return bytes(int(byte) % 256 for byte in command.mkString(",").split(","))


def test_a_token_is_of_its_key_and_kind_and_a_sealed_value_too():
    assert tokens.token(KEY, "phone", "1") == tokens.token(KEY, "phone", "1")
    asked = [(KEY, "phone", "1"), (OTHER, "phone", "1"), (KEY, "name", "1"), (KEY, "phone", "2")]
    assert len({tokens.token(*of) for of in asked}) == len({tokens.seal(*of) for of in asked}) == 4
    sealed = tokens.seal(KEY, "name", "李楠")
    assert opening.unseal(KEY, "name", sealed) == "李楠"
    for key, holds, of in ((OTHER, "name", sealed), (KEY, "phone", sealed), (KEY, "name", sealed[:-1] + b"x")):
        with pytest.raises(InvalidTag):
            opening.unseal(key, holds, of)


def test_tokens_stay_what_they_are():
    assert tokens.token(KEY, "phone", "+12125550123") == "474ztwdggihpx5yszqvx3zsz3u"


def test_a_task_that_holds_too_many_values_leaves_them_and_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(hiding, "MANY", 2)
    task = hiding.Hiding(tmp_path / "keys", tmp_path / "left")
    names = pa.array(["Ann Lee", "李楠", "Bo Chen", "Ann Lee"])
    found = task.hidden("name", names).to_pylist()
    task.leave()
    assert found == [tokens.token(keys.load(task.keys).token, "name", name) for name in names.to_pylist()]
    left = [pq.read_table(tmp_path / "left" / of) for of in (hiding.VALUES, hiding.NAMES)]
    assert set(left[0]["token"].to_pylist()) == set(found) and left[1].num_rows > 3
