from datetime import date, timedelta

from jobs.gold.channel_overlap import channel_overlap
from jobs.gold.customer_360 import of_channels
from jobs.gold.customer_channels import customer_channels
from jobs.gold.customer_engagement import customer_engagement
from tests.conftest import frame

AS_OF = date(2017, 12, 31)
WHOSE = [("card:1", 1), ("app:1", 1), ("app:2", 2), ("card:3", 3)]


def whose(spark):
    return frame(spark, "silver.customers", *({"account_id": a, "customer_id": c} for a, c in WHOSE))


def day(account: str | None, channel: str, ago: int, orders: int = 1, spend: int = 10) -> dict:
    on = AS_OF - timedelta(days=ago)
    return {"account_id": account, "channel": channel, "ordered_on": on, "orders": orders, "spend": spend}


DAYS = (
    day("card:1", "store", 120, orders=3),
    day("app:1", "app", 0, orders=2),
    day("app:1", "app", 91),
    day("app:2", "app", 5),
    day("card:3", "store", 1, orders=0, spend=-5),  # only brought something back
    day(None, "store", 1),  # a guest
)


def test_a_channel_has_its_part_of_a_customer_and_who_moved_is_seen(spark):
    rows = customer_channels(frame(spark, "gold.account_days", *DAYS), whose(spark), AS_OF)
    found = {(row.customer_id, row.channel): row for row in rows.collect()}
    assert set(found) == {(1, "store"), (1, "app"), (2, "app"), (3, "store")}
    app = found[1, "app"]
    assert (app.orders, app.order_share, app.orders_91d, app.orders_91d_before) == (3, 0.5, 2, 1)
    assert (found[3, "store"].order_share, found[3, "store"].first_order_on) == (None, None)
    of = {row.customer_id: row for row in of_channels(rows).collect()}
    assert (of[1].first_channel, of[1].last_channel, of[1].favourite_channel) == ("store", "app", "app")
    assert (of[1].moved_from_channel, of[1].moved_to_channel) == ("store", "app")
    assert (of[2].channels, of[2].moved_to_channel) == (1, None) and 3 not in of


def test_a_customer_is_in_one_set_and_in_each_pair(spark):
    rows = customer_channels(frame(spark, "gold.account_days", *DAYS, day("card:1", "kiosk", 9)), whose(spark), AS_OF)
    found = {
        (row.kind, row.channels): (row.customers, row.orders, row.spend) for row in channel_overlap(rows).collect()
    }
    assert found == {
        ("set", "app + kiosk + store"): (1, 7, 40),
        ("set", "app"): (1, 1, 10),
        ("pair", "app + kiosk"): (1, 4, 30),
        ("pair", "app + store"): (1, 6, 30),
        ("pair", "kiosk + store"): (1, 4, 20),
    }


def test_a_cart_is_left_where_nothing_is_ordered_on_that_day_or_the_next(spark):
    def event(session: str, ago: int, kind: str = "cart", account: str | None = "app:1") -> dict:
        on = AS_OF - timedelta(days=ago)
        return {"session_id": session, "happened_on": on, "event_type": kind, "account_id": account, "channel": "app"}

    events = [
        event("bought that day", 5), event("bought the next day", 6), event("left", 3), event("left", 3),
        event("too old", 91), event("only looked", 2, "view"), event("nobody's", 2, account=None),
    ]  # fmt: skip
    days = [day("app:1", "app", 5), day("card:1", "store", 3)]
    tickets = [
        {"account_id": "card:3", "closed_at": None, "satisfaction": None},
        {"account_id": "card:3", "satisfaction": 2},
    ]
    given = {"silver.events": events, "silver.tickets": tickets, "silver.reviews": [], "gold.account_days": days}
    frames = [frame(spark, name, *rows) for name, rows in given.items()]
    found = {row.customer_id: row for row in customer_engagement(*frames, whose(spark), AS_OF).collect()}
    assert set(found) == {1, 3}
    assert (found[1].carts_91d, found[1].carts_left_91d, found[1].views_91d, found[1].tickets) == (3, 1, 1, 0)
    assert (found[3].tickets, found[3].open_tickets, found[3].mean_satisfaction, found[3].carts_91d) == (2, 2, 2.0, 0)
