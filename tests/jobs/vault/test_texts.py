"""A text on its way: landing alone has it in clear, and who is named in it is known in the same night, or at last."""

import json

import pytest

import expectations
from expectations.contract import WHY
from jobs.night import maintain
from jobs.night.order import needs
from jobs.session import Settings
from tests.conftest import DAY, House

TEXT = "Call me on 212-555-0123. I met Will Long and summer rose. Thanks, Ann"
LEFT = "Call me on [phone]. I met [name] and [name]. Thanks, [name]"


def ticket(number: str, text: str) -> str:
    told = {"ticket_id": number, "opened_at": "2017-01-02T10:00:00Z", "text": text, "from": {"name": "Ann Lee"}}
    return json.dumps(told | {"closed_at": None, "satisfaction": None})


def account(number: str, name: str) -> str:
    return json.dumps({"account_id": number, "name": name, "opened_at": "2017-01-01T10:00:00Z"})


@pytest.fixture
def shop(house: House) -> House:
    good = [ticket(f"T{n}", TEXT) for n in range(40)]
    house.deliver("service_tickets", DAY, *good, '{"ticket_id": "T40", "text": "I am Maximilian Broken-Li')
    house.deliver("reviews_posts", DAY, "R1,u1,10,5,2017-01-02T10:00:00Z,summer rose likes it")
    return house


def texts(house: House) -> list[str | None]:
    bronze = [
        house.stored(name).select("text").collect() for name in ("bronze.service_tickets", "bronze.reviews_posts")
    ]
    silver = [house.rows(name, "text") for name in ("silver.tickets", "silver.reviews")]
    return sorted({row[0] for of in (*bronze, *silver) for row in of if row[0]})


FEEDS = ("bronze.app_accounts", "bronze.service_tickets", "bronze.reviews_posts")


def test_names_of_another_feed_of_the_night_are_known_and_a_broken_line_shows_nothing(shop):
    shop.deliver("app_accounts", DAY, account("u1", "Summer Rose"), account("u2", "Long, Will"))
    shop.night("silver.accounts", *FEEDS, "silver.tickets", "silver.reviews")
    assert texts(shop) == [LEFT, "[name] likes it"]
    [broken] = shop.stored("bronze.service_tickets").where(f"{WHY.name} is not null").collect()
    assert not any("Broken" in str(value) or "Max" in str(value) for value in broken.asDict().values())


def test_a_name_that_is_learned_later_is_taken_out_by_maintain(shop, monkeypatch):
    monkeypatch.setattr(maintain.publishing, "optimize", lambda *_: None)  # a second a table, and no row changes
    feeds = (*FEEDS[1:], "silver.tickets", "silver.reviews")
    shop.night(*feeds)
    assert "summer rose likes it" in texts(shop)
    shop.deliver("app_accounts", DAY, account("u1", "Summer Rose"))
    again = shop.night(*FEEDS, "silver.tickets", "silver.reviews")
    assert {step.table.name for step in again.steps.values() if step.action == "build"} == {FEEDS[0]}
    assert "summer rose likes it" in texts(shop)
    for _ in range(2):
        maintain.maintain(Settings(shop.lake, shop.landing), DAY)
        assert texts(shop) == [LEFT, "[name] likes it"]


def test_a_feed_with_texts_waits_for_those_with_names():
    feeds = {feed.name: feed for feed in expectations.select("bronze")}
    named = {name for name, feed in feeds.items() if feed.holds_names}
    assert needs(feeds["bronze.service_tickets"]) == named - {"bronze.service_tickets"} and len(named) > 2
    assert needs(feeds["bronze.reviews_posts"]) == named
    assert needs(feeds["bronze.app_accounts"]) == set()
