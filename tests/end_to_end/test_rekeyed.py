"""Another key for the tokens: each account and customer has its number, and no token of before is in the lake."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import expectations
from jobs import run, storage
from jobs.customer import ACCESS
from jobs.lake import ledger, small_tables, views
from jobs.lake.lock import LakeInUse, locked
from jobs.night.night import Night
from jobs.night.order import ordered
from jobs.session import SettingsError
from jobs.vault import beside, comparing, keys, opening, rekeying, tokens
from tests.conftest import DAY, IDENTITY, House, sale

NEXT, NEWEST, LATER = (DAY + timedelta(days=n) for n in (1, 2, 3))
MADE = ("bronze.store_sales", "bronze.crm_members", "bronze.service_tickets", "bronze.stewards_decisions")
MADE += ("silver.identity_decisions", "silver.orders", "silver.order_lines", "silver.accounts", "silver.members")
MADE += (*IDENTITY, "silver.customer_id_changes")
CARD, PHONE, GONE = "5555 4444", "+12125550123", "+12125550199"
TAKEN_BACK = ("a card that was taken back", "a telephone that was taken back")
HEADER = "account_id,other_account_id,decision"
AT = f"{DAY}T17:00:00Z"


@pytest.fixture(scope="module")
def world(spark, tmp_path_factory) -> Iterator[Path]:
    """A lake of three nights, its keys in files: accounts of a payment card and of a telephone, which stewards join to
    a member's, a night each; deliveries that were taken back, a look into the vault."""
    folder = tmp_path_factory.mktemp("rekeyed")
    with pytest.MonkeyPatch.context() as monkeypatch:
        house = House(spark, folder)
        keys.make(at_home(house, folder, monkeypatch))
        house.deliver("store_sales", DAY, sale("", 1, 1, at=AT, paid_with=CARD), sale(5, 2, 1, at=AT))
        house.deliver("crm_members", DAY, "5,5,2016-05-01,Ann Lee,,,,,,,,,,,")
        asks = {"ticket_id": "T1", "opened_at": AT, "from": {"phone": PHONE}}
        house.deliver("service_tickets", DAY, json.dumps(asks))
        assert house.night(*MADE).code == 0
        house.deliver("store_sales", NEXT, sale(6, 3, 1, at=f"{NEXT}T17:00:00Z"))
        house.deliver("service_tickets", NEXT, json.dumps({"ticket_id": "T2", "from": {"phone": GONE}}))
        decide(house, NEXT, account(house, "pay", "payment_card", CARD), "card:5", "same")
        assert house.night(*MADE, as_of=NEXT).code == 0
        decide(house, NEWEST, account(house, "service", "phone", PHONE), "card:5", "same")
        assert house.night(*MADE, as_of=NEWEST).code == 0
        assert taking_back(house, f"store/sales/{NEXT}", f"service/tickets/{NEXT}") == 0
        keys.note(house.lake, keys.load(house.settings.keys))
        look = (datetime(2017, 1, 3, tzinfo=UTC), "ann", 1, "complaint")
        small_tables.append(ledger.path(house.lake, ACCESS.name), ACCESS, [look], "")
    yield folder
    keys.load.cache_clear()


@pytest.fixture
def old(world, spark, tmp_path, monkeypatch) -> House:
    """A copy of it."""
    house = House(spark, tmp_path)
    shutil.copytree(world, tmp_path, dirs_exist_ok=True)
    at_home(house, tmp_path, monkeypatch)
    views.write(house.lake)
    monkeypatch.setattr(rekeying, "ordered", lambda _: tables())
    return house


def at_home(house: House, folder: Path, monkeypatch) -> Path:
    """The folder of its keys: no other is in the environment."""
    given = {"LAKE": house.lake, "LANDING": house.landing, "KEYS": folder / "keys", "TOKEN_KEY": "", "VAULT_KEY": ""}
    for name, value in given.items():
        monkeypatch.setenv(f"GUANXI_{name}", str(value))
    keys.load.cache_clear()
    workers(house, monkeypatch, str(folder))
    return folder / "keys"


def tables() -> list:
    return ordered([expectations.TABLES[name] for name in MADE])


def workers(house: House, monkeypatch, what: str) -> None:
    """Spark's Python workers keep the keys that they read: a run has its own, and so has each part of a test."""
    of_workers = {"GUANXI_TOKEN_KEY": "", "GUANXI_VAULT_KEY": "", "GUANXI_TEST": what}
    for name, value in of_workers.items():
        monkeypatch.setitem(house.spark.sparkContext.environment, name, value)


def taking_back(house: House, *paths: str) -> int:
    night = Night(house.settings, NEWEST, tables(), taking_back=paths)
    with locked(house.lake, "taking back"):
        return night.run()


def decide(house: House, night: date, *decision: str, name: str = "part.csv") -> None:
    house.deliver("stewards_decisions", night, ",".join(decision), header=HEADER, name=name)


def account(house: House, space: str, holds: str, value: str) -> str:
    return f"{space}:{tokens.token(keys.load(house.settings.keys).token, holds, value)}"


def accounts(house: House) -> dict[str, str]:
    """Account as it is called now -> what it is, whatever the key."""
    named = {account(house, "pay", "payment_card", CARD): "card paid with"}
    named |= {account(house, "service", "phone", PHONE): "telephone", "card:5": "member"}
    named |= dict(zip(("card:6", account(house, "service", "phone", GONE)), TAKEN_BACK, strict=True))
    return named


def known(house: House, as_of: date = NEWEST) -> dict[str, list[tuple]]:
    """What the lake knows, in words that no key is in."""
    asked = {
        "silver.account_numbers": ("account_id", "account_number", "known_on", "seniority"),
        "silver.customers": ("account_id", "customer_id", "reason"),
        "silver.customer_id_changes": ("account_id", "was_customer_id", "customer_id", "change"),
        "silver.identity_decisions": ("account_id", "is_same"),
        "silver.orders": ("order_id", "account_id"),
    }
    named = accounts(house)
    rows = {name: house.rows(name, *columns, as_of=as_of) for name, columns in asked.items()}
    found = {name: sorted([named.get(cell, cell) for cell in row] for row in of) for name, of in rows.items()}
    for row in found["silver.identity_decisions"]:  # which of the two comes first is a matter of tokens
        row[0] = "one of the two"
    return found | {"ops.access": small_tables.read(ledger.path(house.lake, ACCESS.name), ACCESS)}


def held(lake: Path, asked: set[str]) -> set[str]:
    """Which of these tokens stand anywhere in a folder, parquet files unpacked."""
    found: set[str] = set()
    for file in (file for file in lake.rglob("*") if file.is_file()):
        columns = pq.ParquetFile(file).read().columns if file.suffix == ".parquet" else [[file.read_bytes()]]
        for column in columns:
            values = column.to_pylist() if file.suffix == ".parquet" else [str(column[0])]
            found.update(*(re.findall("[a-z2-7]{26}", str(value)) for value in values))
    return found & asked


def of_vault(house: House, lake: Path) -> dict[str, str]:
    return {row["value"]: row["token"] for row in opening.opened(lake, keys.load(house.settings.keys)).to_pylist()}


def test_everybody_keeps_the_number_and_no_old_token_is_left_though_it_broke_off_at_every_step(old, monkeypatch):
    before, were, first = known(old), of_vault(old, old.lake), keys.load(old.settings.keys)
    assert {row[0] for row in before["silver.customers"]} == {"card paid with", "telephone", "member", *TAKEN_BACK}
    assert len(before["silver.customer_id_changes"]) == 2 and [row[0] for row in before["silver.orders"]] == ["1", "2"]
    assert before["silver.identity_decisions"] == [["one of the two", True]] * 2
    workers(old, monkeypatch, "with the new key")
    _, anew, aside = beside.places(old.lake)
    for step in STEPS:
        with monkeypatch.context() as dying:
            step(dying, old.lake, anew)
            with pytest.raises(KeyboardInterrupt):
                rekeying.rekey(old.settings)
        assert len(keys.load(old.settings.keys).former) == 1
        if not aside.exists():
            assert views.connect(old.lake).sql("from silver.customers").fetchall()  # it serves who asks in SQL
            assert run.main(["nightly", "--as-of", str(LATER)]) == 2  # and takes nothing in
    told = rekeying.rekey(old.settings)
    assert "delete both" in told and str(aside) in told and not anew.exists()
    now = keys.load(old.settings.keys)
    assert not now.former and now.token != first.token and now.vault == first.vault
    assert known(old) == before
    after = of_vault(old, old.lake)
    assert after.keys() == were.keys() >= {CARD, PHONE, GONE, "Ann Lee"}
    assert {*after.values()} & {*were.values()} == set() != {*after.values()}
    assert held(aside, {*were.values()}) == {*were.values()} and held(old.lake, {*after.values()}) == {*after.values()}
    assert held(old.lake, {*were.values()}) == set()
    assert [*views.connect(old.lake).sql("select who from ops.access").fetchall()] == [("ann",)]
    with pytest.raises(SettingsError, match="from an earlier change"):
        rekeying.rekey(old.settings)
    assert {step.action for step in old.night(*MADE, as_of=NEWEST).steps.values()} == {"skip"}
    decide(old, LATER, f"pay:{were[CARD]}", "card:5", "not same")  # a file of before that comes late
    assert old.night(*MADE, as_of=LATER).code == 0
    assert old.rows("silver.identity_decisions", "is_same", as_of=LATER) == [(False,), (True,)]
    assert held(old.lake, {*were.values()}) == set()
    storage.remove(aside)
    workers(old, monkeypatch, "with the third key")
    before = known(old, LATER)
    rekeying.rekey(old.settings)  # the files in landing name accounts by tokens of the first key
    assert known(old, LATER) == before and held(old.lake, {*were.values(), *after.values()}) == set()


def dies_in(owner, name: str, path: str = ""):
    """A step that is broken off: a function of ``owner``, of ``move`` that of the lake or of the new one."""

    def step(monkeypatch, lake: Path, anew: Path) -> None:
        real, asked = getattr(owner, name), {"lake": lake, "anew": anew}.get(path)

        def dying(*args, **named):
            if asked is None or args[0] == asked:
                raise KeyboardInterrupt
            return real(*args, **named)

        monkeypatch.setattr(owner, name, dying)

    return step


def in_use(monkeypatch, lake: Path, _: Path) -> None:
    """While the new lake is made, the lake says what it is in use by."""

    def dying(_: Night) -> int:
        with pytest.raises(LakeInUse, match="in use by `make rekey`"), locked(lake, "a night"):
            pass
        raise KeyboardInterrupt

    monkeypatch.setattr(rekeying, "nightly", dying)


STEPS = [
    dies_in(rekeying, "_make"),
    dies_in(beside, "carry"),
    in_use,
    dies_in(comparing, "lacks"),
    dies_in(storage, "move", "lake"),
    dies_in(storage, "move", "anew"),
    dies_in(views, "write"),
    dies_in(keys, "put"),
]


@pytest.mark.parametrize("case", ["another key", "another key, and no word", "a file is gone", "the vault is gone"])
def test_what_cannot_be_made_anew_is_refused_before_anything_is_written(old, capsys, case):
    if case.startswith("another key"):
        keys.write(old.settings.keys / "token.key", [b"\x11" * 32])
    if case.endswith("no word"):
        (old.lake / ".keys.json").unlink()
    if case == "a file is gone":
        (old.landing / f"store/sales/{DAY}/part.csv").unlink()
    if case == "the vault is gone":
        storage.remove(old.lake / "vault")
    keys.load.cache_clear()
    parts = (old.lake, old.settings.keys)
    before = {file: file.read_bytes() for part in parts for file in part.rglob("*") if file.is_file()}
    assert rekeying.main([]) == 2
    words = {"a file is gone": f"1 files that .* store/sales/{DAY}/part.csv", "the vault is gone": "3 accounts"}
    assert re.search(words.get(case, "key that makes the tokens is not the one"), capsys.readouterr().err)
    after = {file: file.read_bytes() for part in parts for file in part.rglob("*") if file.is_file()}
    assert {**after, old.lake / ".lock": b""} == {**before, old.lake / ".lock": b""}
    assert sorted(path.name for path in old.lake.parent.iterdir()) == ["keys", "lake", "landing"]


def test_a_night_that_stops_in_the_new_lake_alone_leaves_the_old_one_in_its_place(old, monkeypatch, capsys):
    before = known(old)
    workers(old, monkeypatch, "with the new key")
    sales = old.landing / f"store/sales/{DAY}/part.csv"
    good = sales.read_text()
    sales.write_text("card_id\n")
    assert rekeying.main([]) == 1
    assert (
        "lacks what the old one has: bronze.store_sales" in (said := capsys.readouterr().err)
        and "2 numbers" not in said
    )
    assert ledger.holds(old.lake, "silver.customers") and beside.places(old.lake)[1].exists()
    sales.write_text(good)
    assert rekeying.main([]) == 0
    assert known(old) == before


def test_a_key_of_the_environment_is_its_owners_to_change(old, monkeypatch):
    before, key = known(old), keys.load(old.settings.keys).token.hex()
    for given, told in ((key, "put a new key before the old one"), (f"{'0e' * 32} {key}", "")):
        monkeypatch.setenv("GUANXI_TOKEN_KEY", given)
        monkeypatch.setitem(old.spark.sparkContext.environment, "GUANXI_TOKEN_KEY", given)
        keys.load.cache_clear()
        if told:
            with pytest.raises(SettingsError, match=told):
                rekeying.rekey(old.settings)
            assert not any(place.exists() for place in beside.places(old.lake)[1:])
    for _ in range(2):  # the second time there is nothing to do
        assert "Take the old key out of GUANXI_TOKEN_KEY" in rekeying.rekey(old.settings)
        assert known(old) == before
    assert (old.settings.keys / "token.key").read_text().strip() == key
