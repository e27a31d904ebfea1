"""One person across all doors, night after night: accounts come together, numbers last, people decide."""

import csv
import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import combinations

import pytest

from jobs import customer
from jobs.lake import ledger
from samples.many_doors.build import build
from tests.conftest import House

LAST, HOUSEHOLDS = date(2017, 2, 4), 120
NEXT = LAST + timedelta(days=1)
PEOPLE = ("gold.customer_contacts", "gold.customer_360", "gold.channel_overlap", "silver", "bronze")


@pytest.fixture(scope="module")
def world(spark, tmp_path_factory) -> House:
    folder = tmp_path_factory.mktemp("one_customer")
    (folder / "house").mkdir()
    house = House(spark, folder / "house")
    build(house.landing, folder / "truth", LAST, households=HOUSEHOLDS)
    with (folder / "truth" / "accounts.csv").open(encoding="utf-8", newline="") as file:
        house.persons = {f"{row['door']}:{row['number']}": row["person"] for row in csv.DictReader(file)}  # type: ignore[attr-defined]
    assert house.night(*PEOPLE, as_of=LAST).code in (0, 1)  # of few baskets a night, many may be guests'
    return house


def customers(house: House, as_of: date) -> dict[str, int]:
    return dict(house.rows("silver.customers", "account_id", "customer_id", as_of=as_of))


def pairs(groups: dict[str, object]) -> set[tuple[str, str]]:
    """Pairs of accounts of one group."""
    of = defaultdict(list)
    for account, group in groups.items():
        of[group].append(account)
    return {pair for together in of.values() for pair in combinations(sorted(together), 2)}


def test_accounts_of_one_person_are_one_customer_and_hardly_others(world):
    of_truth = world.persons
    found = {account: number for account, number in customers(world, LAST).items() if account in of_truth}
    truth = {account: of_truth[account] for account in found}
    joined, due = pairs(found), pairs(truth)
    assert len(due) > 80 and len(joined & due) / len(joined) > 0.98 and len(joined & due) / len(due) > 0.9


def test_a_night_later_a_steward_splits_one_and_joins_others_and_numbers_last(world):
    before = customers(world, LAST)
    two = next(pair for pair in sorted(pairs(before)) if pair[0].startswith("app:") and pair[1].startswith("card:"))
    far = [account for account in sorted(before) if account.startswith("card:") and account not in two][:2]
    header = "account_id,other_account_id,decision"
    lines = (f"{two[1]},{two[0]},not same", f"{far[0]},{far[1]},same")
    world.deliver("stewards_decisions", NEXT, *lines, name="decisions.csv", header=header)
    assert world.night(*PEOPLE, "silver.customer_id_changes", as_of=NEXT).code in (0, 1)
    links = [world.rows("silver.identity_links", "*", as_of=day) for day in (LAST, NEXT)]
    assert links[0] == links[1] != [], "who said nothing new is not compared, and is as it was"
    after = customers(world, NEXT)
    assert after[two[0]] != after[two[1]] and after[far[0]] == after[far[1]]
    told = world.rows("silver.customer_id_changes", "account_id", "was_customer_id", "customer_id", as_of=NEXT)
    assert told == sorted((account, was, after[account]) for account, was in before.items() if after[account] != was)
    assert {now for *_, now in told} <= {*after.values()} and customers(world, LAST) == before
    numbers = dict(world.rows("silver.account_numbers", "account_number", "account_id", as_of=NEXT))
    assert all(after[numbers[number]] == number for number in after.values()), "it is that of an account of theirs"


def test_one_person_on_the_screen_masked_and_in_clear_for_a_purpose(world, monkeypatch, capsys):
    def screen(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["customer", *arguments])
        return customer.main(), "".join(capsys.readouterr())

    monkeypatch.setenv("GUANXI_LAKE", str(world.lake))
    whose = customers(world, NEXT)
    number, _ = Counter(whose.values()).most_common(1)[0]
    accounts = [account for account, of in whose.items() if of == number]
    code, shown = screen(accounts[0])
    assert code == 0 and f"{number}, as of {NEXT}" in shown and all(account in shown for account in accounts)
    assert " orders, " in shown and re.search(r"\d\d\.\d%  same ", shown) and "****" in shown
    assert not ledger.log(world.lake, "ops.access")
    code, clear = screen(str(number), "--clear", "complaint 7")
    assert code == 0 and clear != shown and "name " in clear
    [row] = world.stored("ops.access").collect()
    assert (row.customer_id, row.purpose) == (number, "complaint 7")
    assert screen("card:0")[0] == 2
