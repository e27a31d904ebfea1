"""Where a customer buys: each channel's part of their orders and money."""

from expectations.contract import Check, Column, Table
from expectations.shared import ALL_THE_MONEY, channel, customer_id

customer_channels = Table(
    name="gold.customer_channels",
    description="What each customer buys in each channel, so far and lately.",
    grain="one row per customer and channel with an order or a return by as_of",
    owner="customer-analytics",
    key=("customer_id", "channel"),
    made_from=("gold.account_days", "silver.customers"),
    write="snapshot",
    keep_days=400,
    columns=(
        customer_id,
        channel,
        Column("orders", "long", "Orders so far.", required=True, between=(0, None)),
        Column("spend", "decimal(18,2)", "Spend so far, net of returns.", required=True),
        Column("order_share", "double", "Share of the customer's orders; null without one.", between=(0, 1)),
        Column("first_order_on", "date", "Day of the first order in the channel."),
        Column("last_order_on", "date", "Day of the last order in the channel."),
        Column("orders_91d", "long", "Orders in the 91 days to as_of.", required=True, between=(0, None)),
        Column("orders_91d_before", "long", "Orders in the 91 days before those.", required=True, between=(0, None)),
    ),
    checks=(Check("windows lie apart", "orders_91d + orders_91d_before <= orders"),),
    totals=(ALL_THE_MONEY,),
)
