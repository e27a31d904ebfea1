"""What must be kept beside landing: keys, the vault, the numbers that were issued. Then a lake comes back as it was."""

import shutil
from datetime import timedelta
from pathlib import Path

from jobs.vault import keys, opening
from tests.conftest import DAY, IDENTITY, House, sale

NEXT = DAY + timedelta(days=1)
KEPT = ("vault", "silver/account_numbers")  # and the names of the keys, which `jobs.run` notes
MADE = ("bronze.store_sales", "bronze.crm_members", "bronze.stewards_decisions", "silver.identity_decisions")
MADE += ("silver.orders", "silver.order_lines", "silver.accounts", "silver.members", *IDENTITY)


def test_a_lake_that_is_lost_comes_back_under_the_same_numbers(spark, tmp_path):
    (tmp_path / "before").mkdir()
    before = House(spark, tmp_path / "before")
    before.deliver("store_sales", NEXT, sale(5, 1, 1, at=f"{NEXT}T17:00:00Z"))
    before.night(*MADE, as_of=NEXT)
    before.deliver("store_sales", DAY, sale(3, 2, 1, at=f"{DAY}T17:00:00Z"))  # late, and older: not by its number
    before.deliver("crm_members", NEXT, "5,5,2016-05-01,Ann Lee,,,,,,,,,,,")
    header = "account_id,other_account_id,decision"
    before.deliver("stewards_decisions", NEXT, "card:5,card:3,same", header=header)
    before.night(*MADE, as_of=NEXT)
    numbers = before.rows("silver.account_numbers", "account_id", "account_number", "seniority", as_of=NEXT)
    assert [(account, seniority) for account, _, seniority in numbers] == [("card:3", 2), ("card:5", 1)]

    (tmp_path / "after").mkdir()
    after = House(spark, tmp_path / "after")
    shutil.rmtree(after.landing)
    shutil.copytree(before.landing, after.landing)
    for name in KEPT:
        shutil.copytree(before.lake / name, after.lake / name)
    after.night(*MADE, as_of=NEXT)
    for name in ("silver.account_numbers", "silver.customers", "silver.identifiers"):
        assert before.rows(name, "*", as_of=NEXT) == after.rows(name, "*", as_of=NEXT) != []
    assert {row.customer_id for row in after.read("silver.customers", NEXT).collect()} == {numbers[1][1]}
    [value] = opening.opened(after.lake, keys.load(Path()), ["name"]).to_pylist()
    assert value["value"] == "Ann Lee"
