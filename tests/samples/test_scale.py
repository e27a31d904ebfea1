"""The generated world of any size: its files as their contracts read them, its causes found in them by their sizes."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

import expectations
from jobs.landing.batches import batches
from jobs.landing.listing import look
from samples.scale import abuse, build
from samples.scale.goods import CATEGORIES, is_cheap

CUSTOMERS, DAYS, LAST = 800, 120, date(2017, 4, 30)
FIRST, ZONE = pd.Timestamp(2017, 1, 1), "America/New_York"
BY_HAND = ("stewards_decisions", "marketing_audiences")
FEEDS = [table for table in expectations.TABLES.values() if table.layer == "bronze" and table.short not in BY_HAND]


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("scale")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(abuse, "ABUSE", 0.09)  # of 800 one in 200 would be too few
        build.build(folder / "landing", folder / "truth", CUSTOMERS, DAYS, LAST)
    return folder


@pytest.fixture(scope="module")
def read(world) -> dict[str, pd.DataFrame]:
    """What each contract reads of its files."""
    found, landing = {}, world / "landing"
    for feed in FEEDS:
        files = [look(path, landing, feed) for path in sorted((landing / feed.folder).glob("*/*"))]
        assert files and not any(file.fault or file.is_cut_off or file.unknown_columns for file in files), feed.name
        found[feed.short] = pa.Table.from_batches(of for file in files for of in batches(file, feed, ZONE)).to_pandas()
    return found


@pytest.fixture(scope="module")
def customers(world) -> pd.DataFrame:
    return pd.read_csv(world / "truth/customers.csv", parse_dates=["came_on", "left_on"]).set_index("person")


@pytest.fixture(scope="module")
def lines(world, read, customers) -> pd.DataFrame:
    """The lines of all doors, with what the truth says of who carried them."""
    names = ["order_id", "product_id", "quantity", "paid", "coupon", "at"]
    doors = {
        "store_sales": ["basket_id", "product_id", "quantity", "sales_value", "coupon_disc", "transaction_timestamp"],
        "app_orders": ["order_id", "product_id", "quantity", "paid", "coupon_discount", "placed_at"],
        "delivery_orders": ["order_id", "product_id", "quantity", "paid", "coupon_discount", "ordered_at"],
    }
    found = pd.concat([read[feed][columns].set_axis(names, axis=1) for feed, columns in doors.items()])
    carried = pd.read_csv(world / "truth/orders.csv", dtype={"order_id": str}).set_index("order_id")
    found = found.join(carried, on="order_id").join(customers, on="person", rsuffix="_liked")
    found["abuses"] = found["abuses"].fillna("")
    local = found["at"].dt.tz_convert(ZONE)
    day = local.dt.tz_localize(None).dt.normalize()
    category = (found["product_id"].astype(int) - 1_000_000) // 1_000
    return found.assign(day=day, local_hour=local.dt.hour, is_cheap=is_cheap(category, (day - FIRST).dt.days))


@pytest.fixture(scope="module")
def sold(lines) -> pd.DataFrame:
    return lines[lines["quantity"] > 0]


def test_every_line_is_as_its_contract_says(read):
    assert {name: Counter(of["why"].dropna()) + Counter(of["warning"].dropna()) for name, of in read.items()} == {
        name: Counter() for name in read
    }
    assert all(len(of) for of in read.values())
    assert read["app_events"]["event_id"].is_unique and read["crm_referrals"]["referred_card_id"].is_unique


def test_everybody_comes_first_and_buys_no_more_once_they_left(sold, customers):
    assert (sold["day"] >= sold["came_on"]).all() and not (sold["day"] >= sold["left_on"]).any()
    assert {"own", "complaint", "in vain"} == {*customers["left_why"].dropna()}


def test_who_left_over_a_complaint_had_borne_it_as_long_as_they_can(read, world, sold, customers):
    told = pd.read_csv(world / "truth/orders.csv", dtype={"order_id": str}).set_index("order_id")["person"]
    tickets = read["service_tickets"].groupby("ticket_id")[["opened_at", "closed_at"]].max().reset_index()
    tickets = tickets.assign(person=tickets["ticket_id"].str[1:].map(told)).join(customers, on="person")
    opened = tickets["opened_at"].dt.tz_convert(ZONE).dt.tz_localize(None).dt.normalize()
    is_why = (tickets["left_why"] == "complaint") & (
        opened + pd.to_timedelta(tickets["bears_days"], "D") == tickets["left_on"]
    )
    still = tickets["closed_at"].isna() | (
        tickets["closed_at"].dt.tz_convert(ZONE).dt.tz_localize(None) > tickets["left_on"]
    )
    left = customers[customers["left_why"] == "complaint"]
    assert len(left) >= 10 and {*tickets[is_why & still]["person"]} == {*left.index}
    assert (sold.groupby("person")["day"].max()[left.index] < left["left_on"]).all()


def test_who_watches_prices_buys_times_as_much_when_it_is_cheap(sold):
    def times(of: pd.DataFrame) -> float:
        return of["is_cheap"].sum() / 3 / ((~of["is_cheap"]).sum() / 25)

    watch = sold[sold["price"] > 1]
    assert times(watch) == pytest.approx(watch["price"].mean(), rel=0.1) and watch["price"].mean() > 3.5
    assert times(sold[sold["price"] == 1]) == pytest.approx(1, rel=0.1)


def test_of_those_who_were_sent_a_coupon_for_what_they_buy_so_many_come_once_more(world, read, sold, customers):
    accounts = pd.read_csv(world / "truth/accounts.csv")
    cards = accounts[accounts["door"] == "card"].set_index("number")["person"]
    sent = read["marketing_targets"].assign(person=read["marketing_targets"]["card_id"].map(cards))
    of = sent.join(customers[customers["abuses"].isna()], on="person", how="inner")
    names = [f"days_{category.name.lower().replace(' ', '_')}" for category in CATEGORIES]
    buys = [pd.notna(row[names[(int(row["campaign_id"]) - 101) % 12]]) for _, row in of.iterrows()]
    whom, used = of[buys], sold[(sold["coupon"] > 0) & (sold["abuses"] == "")]
    category = (used["product_id"].astype(int) - 1_000_000) // 1_000
    came = {*zip(used["person"], (101 + category).astype(str), strict=True)}
    comes = pd.Series([one in came for one in zip(whom["person"], whom["campaign_id"], strict=True)], whom.index)
    watches = whom["price"] > 1
    assert comes.sum() == len(came)
    assert comes[~watches].mean() == pytest.approx(0.05, abs=0.04)
    assert comes[watches].mean() == pytest.approx(0.05 + 0.1 * (whom["price"][watches].mean() - 1), abs=0.1)


def test_the_hour_and_the_door_that_one_likes_are_the_ones_most_used(sold):
    orders = sold.drop_duplicates("order_id")
    many = orders[orders.groupby("person")["order_id"].transform("size") >= 15]
    mode = many.groupby("person")[["local_hour", "door", "hour", "door_liked"]].agg(lambda of: of.mode()[0])
    assert len(mode) > 200
    assert (mode["local_hour"] == mode["hour"]).mean() > 0.98 and (mode["door"] == mode["door_liked"]).mean() > 0.98
    assert (orders["local_hour"] == orders["hour"]).mean() == pytest.approx(0.6 + 0.4 / 15, abs=0.02)


def test_each_category_comes_back_at_its_own_time(sold):
    milk = sold[(sold["product_id"].str[:4] == "1000") & (sold["price"] == 1)]
    of = milk.groupby("person").agg(
        first=("day", "min"), last=("day", "max"), units=("quantity", "sum"), due=("days_milk", "first")
    )
    of = of[of["units"] >= 8]
    found = (of["last"] - of["first"]).dt.days / (of["units"].astype(int) - 1) / of["due"]
    assert len(found) > 50 and found.median() == pytest.approx(1, abs=0.05)


def test_who_was_brought_came_after_who_brought_them(customers):
    brought = customers[customers["brought_by"].notna()]
    by = customers.loc[brought["brought_by"]]
    assert len(brought) > 40
    assert (by["came_on"].to_numpy() < brought["came_on"].to_numpy()).all()
    assert not (by["left_on"].to_numpy() <= brought["came_on"].to_numpy()).any()
    in_vain = brought[brought["brought_well"] == 0]
    assert ((in_vain["left_on"].fillna(pd.Timestamp(LAST)) - in_vain["came_on"]).dt.days <= 14).all()


def test_what_goes_back_is_below_nothing_and_mostly_of_who_abuses_it(lines, sold):
    back = lines[lines["quantity"] < 0]
    assert (back["paid"] < 0).all() and not back["order_id"].isin(sold["order_id"]).any()
    share = back.groupby("abuses").size() / sold.groupby("abuses").size()
    assert 0.008 < share[""] < 0.02 and 0.1 < share["returns"] < 0.35


def test_who_abuses_coupons_uses_more_than_they_were_sent(read, sold, customers):
    uses = sold[sold["coupon"] > 0].groupby("abuses")["quantity"].size() / customers.fillna("").groupby("abuses").size()
    assert uses["coupons"] > 10 * uses[""] and uses["accounts"] > 2 * uses[""]


def test_many_accounts_have_one_address_and_one_payment_card_and_a_flat_has_one_address(world, customers):
    persons = pd.read_csv(world / "truth/persons.csv")
    homes = persons[persons["kind"] == "address"].groupby("person")["value"].first()
    together = homes.groupby(homes).transform("size")
    is_one = customers["abuses"] == "accounts"
    assert is_one.sum() > 10 and (together[is_one] >= 4).mean() > 0.8
    assert 0.002 < (together[~is_one] >= 3).mean() < 0.05
    accounts = pd.read_csv(world / "truth/accounts.csv")
    cards = accounts[accounts["door"] == "pay"].groupby("number")["person"].nunique()
    assert cards.max() >= 4


def test_texts_need_what_their_stars_say(world, read):
    with (world / "truth/needs.csv").open(encoding="utf-8", newline="") as file:
        needs = {row["id"]: row["need"] for row in csv.DictReader(file)}
    of = read["reviews_posts"].assign(need=read["reviews_posts"]["review_id"].map(needs))
    assert {*of[of["stars"] >= 4]["need"]} == {"praise"} and {*of[of["stars"] == 3]["need"]} == {"none"}
    assert {*of[of["stars"] <= 2]["need"]} == {"late", "missing", "quality", "charge"}


@pytest.mark.parametrize("customers", [1, 5])
def test_a_world_where_next_to_nothing_happens_is_written_too(customers, tmp_path):
    build.build(tmp_path / "landing", tmp_path / "truth", customers, 1, FIRST.date())
    assert len(files(tmp_path / "truth")) == 6


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_seed_gives_the_same_bytes_and_another_last_night_cuts_them(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "BLOCK", 30)  # more than one block
    cut = date(2017, 1, 15)
    for name, until, seed in (("one", LAST, 1), ("same", LAST, 1), ("cut", cut, 1), ("other", cut, 2)):
        build.build(tmp_path / name, tmp_path / f"{name} truth", 70, 25, until, seed)
    one, short = files(tmp_path / "one"), files(tmp_path / "cut")
    assert files(tmp_path / "same") == one
    assert short == {name: content for name, content in one.items() if name.split("/")[2] <= f"{cut}"}
    assert files(tmp_path / "one truth") == files(tmp_path / "cut truth") and files(tmp_path / "other") != short
    [members] = [content for name, content in short.items() if name == "crm/members/2017-01-01/members.csv"]
    assert members.count(b"card_id,household_id") == 1 and len(members.splitlines()) > 35
