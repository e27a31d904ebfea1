"""However the nights are loaded, the tables are the same; a kill loses nothing and doubles nothing."""

import fcntl
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

import expectations
from jobs import run
from jobs.lake import ledger
from jobs.lake.report import Counts
from jobs.night.night import Night
from jobs.night.order import ordered
from tests.conftest import House, sale

NIGHTS = [date(2017, 3, 1) + timedelta(days=n) for n in range(3)]
LOADED = ("bronze.store_sales", "silver.order_lines", "silver.orders", "silver.account_numbers", "silver.identifiers")
WHO = ("silver.identity_profiles", "silver.identity_links", "silver.identity_precision", "silver.customers")
BUILT = (*LOADED, *WHO, "gold.account_days", "gold.customer_rfm")


@pytest.fixture(scope="module")
def landing(tmp_path_factory) -> Path:
    """Three nights; in the last one a line of the first is corrected and one is late."""
    house = House(None, tmp_path_factory.mktemp("delivered"))  # type: ignore[arg-type]
    for n, night in enumerate(NIGHTS):
        of_night = [
            sale(c, 10 * n + c, p, at=f"{night}T17:00:00Z", value=f"{c}.50") for c in range(1, 6 + n) for p in (1, 2)
        ]
        house.deliver("store_sales", night, *of_night)
    corrected = sale(1, 1, 1, at=f"{NIGHTS[0]}T17:00:00Z", value="99.00")
    house.deliver("store_sales", NIGHTS[2], corrected, sale(9, 99, 1, at=f"{NIGHTS[1]}T17:00:00Z"), name="late.csv")
    return house.landing


def house_with(spark, folder: Path, landing: Path) -> House:
    folder.mkdir()
    house = House(spark, folder)
    shutil.rmtree(house.landing)
    shutil.copytree(landing, house.landing)
    return house


def content(house: House, *names: str) -> dict[str, list]:
    return {name: sorted(map(repr, house.stored(name).collect())) for name in names}


@pytest.fixture(scope="module")
def at_once(spark, tmp_path_factory, landing) -> House:
    house = house_with(spark, tmp_path_factory.mktemp("lakes") / "at_once", landing)
    assert house.night(*BUILT, as_of=NIGHTS[2]).code == 0
    return house


def test_a_night_that_brought_nothing_reads_no_order_line(at_once):
    tables = ordered([expectations.TABLES[name] for name in BUILT])
    steps = Night(at_once.settings, NIGHTS[2] + timedelta(days=1), tables).plan()
    built = {step.table.name for step in steps if step.action == "build"}
    assert built == {"bronze.store_sales", "silver.quoted_orders", *WHO, "gold.customer_days", "gold.customer_rfm"}


def test_one_by_one_is_all_at_once_and_an_old_night_is_as_it_was(spark, tmp_path, landing, at_once):
    one_by_one = house_with(spark, tmp_path / "one_by_one", landing)
    for night, what in zip(NIGHTS, (LOADED, BUILT, (*LOADED, *WHO)), strict=True):
        assert one_by_one.night(*what, as_of=night).code == 0
    assert content(one_by_one, *LOADED) == content(at_once, *LOADED)
    whose = [house.rows("silver.customers", "*", as_of=NIGHTS[2]) for house in (one_by_one, at_once)]
    assert whose[0] == whose[1] and len(whose[0]) == 8
    assert at_once.night(*BUILT, as_of=NIGHTS[1]).code == 0  # an old night after the newer one
    old = [house.rows("gold.customer_rfm", "*", as_of=NIGHTS[1]) for house in (at_once, one_by_one)]
    assert old[0] == old[1] != at_once.rows("gold.customer_rfm", "*", as_of=NIGHTS[2])


def test_out_of_order_is_all_at_once(spark, tmp_path, landing, at_once):
    house = house_with(spark, tmp_path / "out_of_order", landing)
    whole = house.landing.rename(tmp_path / "whole")
    for night in (NIGHTS[2], NIGHTS[0], NIGHTS[1]):
        shutil.copytree(whole / "store/sales" / night.isoformat(), house.landing / "store/sales" / night.isoformat())
        assert house.night(*LOADED[:2], as_of=NIGHTS[2]).code == 0
    assert content(house, *LOADED[:2]) == content(at_once, *LOADED[:2])
    known = [h.rows("silver.order_lines", "*", as_of=NIGHTS[2]) for h in (house, at_once)]
    assert known[0] == known[1]


def test_the_same_night_twice_changes_no_table(at_once, capsys):
    def versions() -> dict[str, int]:
        return {log.parent.as_posix(): len(list(log.glob("*.json"))) for log in at_once.lake.rglob("_delta_log")}

    before = versions()
    again = at_once.night(*BUILT, as_of=NIGHTS[2])
    assert again.code == 0 and {name for name, step in again.steps.items() if step.action != "skip"} == set()
    assert versions() == before
    # without figures, which would be of another run
    assert re.search(r"^silver.order_lines +unchanged +\d+$", capsys.readouterr().out, re.MULTILINE)


def test_a_second_run_says_who_holds_the_lake(at_once, monkeypatch, capsys):
    monkeypatch.setenv("GUANXI_LAKE", str(at_once.lake))
    monkeypatch.setenv("GUANXI_LANDING", str(at_once.landing))
    with (at_once.lake / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write("`nightly` (process 1)")
        file.flush()
        assert run.main(["silver", "--as-of", "2017-03-03"]) == run.USAGE
    assert "is in use by `nightly` (process 1)" in capsys.readouterr().err


def test_killed_at_random_points_it_ends_as_a_clean_run(spark, tmp_path, landing, at_once):
    house = house_with(spark, tmp_path / "killed", landing)
    command = [sys.executable, "-m", "jobs.run", *BUILT, "--as-of", NIGHTS[2].isoformat()]
    env = os.environ | {"GUANXI_LAKE": str(house.lake), "GUANXI_LANDING": str(house.landing)}
    chance = random.Random(7)
    for _ in range(2):
        process = subprocess.Popen(
            command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(chance.uniform(9, 19))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert house.night(*BUILT, as_of=NIGHTS[2]).code == 0
    assert content(house, *LOADED) == content(at_once, *LOADED)
    assert house.rows("gold.customer_rfm", "*", as_of=NIGHTS[2]) == at_once.rows(
        "gold.customer_rfm", "*", as_of=NIGHTS[2]
    )
    published = house.stored("ops.runs").groupBy("table_name", "delta_version").count()
    assert {row.table_name for row in published.collect()} == set(BUILT)  # no line is lost
    assert published.where("count > 1").isEmpty()  # and none is there twice
    assert (
        house.stored("ops.quality")
        .groupBy("table_name", "night", "channel", "rule")
        .count()
        .where("count > 1")
        .isEmpty()
    )
    assert not (house.lake / ".staging").exists()


def test_counts_balance():
    counts = Counts(delivered=10, rejected=2, repeated=3)
    assert counts.published == 5
    assert ledger.newest(Path("nowhere"), "silver.orders") is None
