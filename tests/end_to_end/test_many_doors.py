"""Many doors in small: what each door sells arrives, under tokens; nobody's name, number or address lies about."""

import csv
import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import expectations
from expectations.shared import BUYER
from jobs.vault import keys, opening, tokens
from jobs.vault.normal import normal
from samples.complete_journey import table
from samples.many_doors.build import build
from tests.conftest import House

LAST, HOUSEHOLDS = date(2017, 1, 21), 100
BROKEN = '9,"Maximilian Broken-Line'  # a line that cannot be read, with a name in it


@pytest.fixture(scope="module")
def world(spark, tmp_path_factory) -> House:
    folder = tmp_path_factory.mktemp("many_doors")
    (folder / "house").mkdir()
    house = House(spark, folder / "house")
    build(house.landing, folder / "truth", LAST, households=HOUSEHOLDS)
    house.truth = folder / "truth"  # type: ignore[attr-defined]
    with (house.landing / f"store/sales/{LAST}/sales.csv").open("a") as file:
        file.write(f"{BROKEN}\n")
    tills = expectations.TABLES["bronze.store_sales"]
    with pytest.MonkeyPatch.context() as small:  # of few baskets a night, many may be guests'
        small.setitem(expectations.TABLES, tills.name, replace(tills, allowed={BUYER.description: 1.0}))
        run = house.night("bronze", "silver", "gold.sales_daily", as_of=LAST)
    assert set(run.reports) > {"bronze.app_events"} and run.code == 0
    return house


def told(house: House, name: str) -> list[dict[str, str]]:
    with (house.truth / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def token(holds: str, value: str) -> str:
    return tokens.token(keys.load(Path()).token, holds, normal(holds, value, ("US", "CN"))[0])


def test_all_doors_together_sell_what_the_shop_sold(world):
    lines = table("transactions").to_pandas()
    some = sorted(lines["household_id"].unique())[:HOUSEHOLDS]
    lines = lines[lines["household_id"].isin(some) & (lines["transaction_timestamp"] < "2017-01-22T05:00")]
    rows = world.rows("silver.order_lines", "channel", "order_id", "sales", "ordered_at", as_of=LAST)
    assert {channel for channel, *_ in rows} == {"store", "app", "delivery"}
    real = zip(
        lines["basket_id"].astype(str), lines["sales_value"].round(2), lines["transaction_timestamp"], strict=True
    )
    assert Counter((order, sales, at) for _, order, sales, at in rows) == Counter(
        (order, Decimal(f"{sales:.2f}"), at.to_pydatetime()) for order, sales, at in real
    )


def test_an_order_is_of_the_account_that_its_door_knows(world):
    found = dict(world.rows("silver.orders", "order_id", "account_id", as_of=LAST))
    spaces, due = {"store": "card", "app": "app", "delivery": "delivery"}, {}
    for row in told(world, "orders.csv"):
        if row["order_id"] in found:
            unknown = f"pay:{token('payment_card', row['payment'])}" if row["payment"] else None
            due[row["order_id"]] = f"{spaces[row['door']]}:{row['account']}" if row["account"] else unknown
    assert found == due
    assert sum(account is None for account in found.values()) and any(a and a.startswith("pay:") for a in due.values())


def test_each_account_says_who_it_is_in_tokens(world):
    kinds = ("name", "phone", "email", "address", "birthday")
    accounts = world.rows("silver.accounts", "channel", *kinds, as_of=LAST)
    values = {row["token"]: (row["holds"], row["value"]) for row in opened(world)}
    assert all(values[token][0] == kind for _, *of in accounts for kind, token in zip(kinds, of, strict=True) if token)
    said: dict[str, set[str]] = {}
    for channel, *of in accounts:
        said.setdefault(channel, set()).update(kind for kind, token in zip(kinds, of, strict=True) if token)
    assert said == {
        "crm": {*kinds},
        "app": {"name", "phone", "email", "birthday"},
        "delivery": {"name", "phone", "address"},
        "service": {"name", "phone", "email"},
    }
    assert any(re.fullmatch(r"\d{3}\*{4}\d{4}", value) for _, value in values.values())


def opened(house: House) -> list[dict[str, str]]:
    return opening.opened(house.lake, keys.load(Path())).to_pylist()


def test_outside_the_vault_no_byte_shows_who_they_are(world):
    personal = {row["value"] for row in opened(world) if row["holds"] != "birthday"}
    personal |= {row["value"] for row in told(world, "persons.csv")} | {"Maximilian Broken-Line"}
    personal |= {re.sub(r"^\+(1|86)", "", value) for value in personal}
    assert len(personal) > 400
    assert shown(f"by {max(personal)}, today", personal) and not shown(f"x{max(personal)}", personal)
    files = [file for file in world.lake.rglob("*") if file.is_file() and world.lake / "vault" not in file.parents]
    assert len(files) > 50 and {".parquet", ".json", ".duckdb"} <= {file.suffix for file in files}
    assert [(file.name, found) for file in files if (found := shown(text(file), personal))] == []


def test_texts_go_on_without_the_persons_in_them(world):
    rows = world.rows("silver.tickets", "ticket_id", "text", as_of=LAST)
    texts = dict(rows + world.rows("silver.reviews", "review_id", "text", as_of=LAST))
    with (world.truth / "texts.jsonl").open(encoding="utf-8") as file:
        truth = {line["id"]: line["personal"] for line in map(json.loads, file)}
    left = [(kind, value) for name, text in texts.items() for kind, value in truth[name] if shown(text, {value})]
    assert len(texts) > 10 and sum(map(len, (truth[name] for name in texts))) > 10
    assert [value for kind, value in left if kind != "unknown name"] == []
    assert len(left) <= 0.05 * sum(kind == "unknown name" for name in texts for kind, _ in truth[name])
    assert all(text and len(re.sub(r"\[.*?\]", "", text)) > 10 for text in texts.values())


def shown(told: str, personal: set[str]) -> list[str]:
    """Values that stand in a text by themselves: eleven digits can be part of a longer number by chance."""
    return [value for value in personal if value in told and re.search(rf"(?<!\w){re.escape(value)}(?!\w)", told)]


def text(file: Path) -> str:
    """All that a file holds; a parquet file column by column, unpacked, each value once."""
    if file.suffix != ".parquet":
        return file.read_bytes().decode("utf-8", "replace")
    columns = pq.read_table(file).columns
    return "\n".join("\n".join({str(value) for value in column.to_pylist()}) for column in columns)
