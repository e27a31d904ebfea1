"""Where and when an account orders, by day, channel and store: kept from night to night."""

from expectations.contract import Check, Column, Table, Total
from expectations.shared import account_id, channel, ordered_on, store_id

account_store_days = Table(
    name="gold.account_store_days",
    description="Purchases of each account on each day in each channel and store, and at what time; guests count too.",
    grain="one row per account, day, channel and store with a purchase",
    owner="customer-analytics",
    key=("account_id", "ordered_on", "channel", "store_id"),
    made_from=("gold.sales_by_order",),
    write="kept",
    columns=(
        account_id,
        ordered_on,
        channel,
        store_id,
        Column("orders", "long", "Purchases: orders with a line sold.", required=True, between=(1, None)),
        Column("timed", "long", "Of these, those whose time is known.", required=True, between=(0, None)),
        Column("hours", "array<int>", "Their local hours, 0 to 23, ascending; null as older code kept none."),
        Column("morning", "long", "Purchases before noon, local time.", required=True, between=(0, None)),
        Column("evening", "long", "Purchases from 17:00, local time.", required=True, between=(0, None)),
    ),
    checks=(Check("hours are of timed orders", "morning + evening <= timed and timed <= orders"),),
    totals=(Total("no purchase is lost on the way", "sum(orders)", "gold.account_days", "sum(orders)"),),
)
