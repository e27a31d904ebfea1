"""How customers moved between value tiers in the last 28 days."""

from expectations.contract import Column, Table, Total

customer_tier_moves = Table(
    name="gold.customer_tier_moves",
    description="Customers by tier 28 days before as_of and tier at as_of, both as known at as_of.",
    grain="one row per pair of tiers that a customer moved between",
    owner="customer-analytics",
    key=("from_tier", "to_tier"),
    made_from=("gold.customer_days", "gold.customer_rfm"),
    write="snapshot",
    keep_days=400,
    columns=(
        Column(
            "from_tier",
            "string",
            "Tier 28 days ago; new for who had not ordered by then.",
            required=True,
            one_of=("new", "top", "high", "middle", "low"),
        ),
        Column("to_tier", "string", "Tier at as_of.", required=True, one_of=("top", "high", "middle", "low")),
        Column("customers", "long", "Customers with this move.", required=True, between=(1, None)),
        Column("spend_before", "decimal(18,2)", "Their net spend in the 28 days before that.", required=True),
        Column("spend", "decimal(18,2)", "Their net spend in the last 28 days.", required=True),
    ),
    totals=(
        Total(
            "every customer who bought moves once",
            "coalesce(sum(customers), 0)",
            "gold.customer_days",
            "count(distinct customer_id) filter (where orders > 0)",
        ),
    ),
)
