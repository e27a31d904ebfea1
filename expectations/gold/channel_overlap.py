"""Who buys where: sets of channels, and pairs of them."""

from expectations.contract import Column, Table, Total

channel_overlap = Table(
    name="gold.channel_overlap",
    description="Customers by the channels that they buy in: exactly those of a set, or at least both of a pair.",
    grain="one row per set and per pair of channels that somebody buys in",
    owner="customer-analytics",
    key=("kind", "channels"),
    made_from=("gold.customer_channels",),
    write="snapshot",
    keep_days=400,
    columns=(
        Column(
            "kind",
            "string",
            "set: they buy in these channels and no other; pair: in both, whatever else.",
            required=True,
            one_of=("set", "pair"),
        ),
        Column("channels", "string", "Names of the channels, with a plus between.", required=True),
        Column("customers", "long", "Customers with an order in each of them.", required=True, between=(1, None)),
        Column("orders", "long", "Their orders in these channels.", required=True, between=(1, None)),
        Column("spend", "decimal(18,2)", "Their spend in these channels, net of returns.", required=True),
    ),
    totals=(
        Total(
            "a customer is in one set",
            "coalesce(sum(customers) filter (where kind = 'set'), 0)",
            "gold.customer_channels",
            "count(distinct customer_id) filter (where orders > 0)",
        ),
    ),
)
