"""What people do on their way to an order."""

from expectations.contract import Column, Table
from expectations.shared import account_id, channel, not_from_the_future, timely

events = Table(
    name="silver.events",
    description="Events of all channels that have some: what was looked at, searched, put into the cart.",
    grain="one row per event",
    owner="app",
    key=("channel", "event_id"),
    write="delivery",
    columns=(
        channel,
        Column("event_id", "string", "The event, by the channel's own number.", required=True),
        Column("session_id", "string", "The session that it is part of."),
        account_id,
        Column("happened_at", "timestamp", "Instant.", required=True),
        Column("happened_on", "date", "Local date, in the business's time zone.", required=True),
        Column("event_type", "string", "view, search or cart.", required=True, one_of=("view", "search", "cart")),
        Column("product_id", "string", "The product, where it is about one."),
        Column("category", "string", "The category that was searched."),
    ),
    checks=(
        not_from_the_future("happened_on"),
        timely("happened_on"),
    ),
)
