"""The four axes of each customer: attribute, behaviour, need, value."""

from dataclasses import replace

from expectations.contract import Column, Table, Total
from expectations.shared import attribute, behaviour, customer_id, need, tier

customer_axes = Table(
    name="gold.customer_axes",
    description="Who each customer is, how they buy, what they look for, what they are worth; and the profile that "
    "they share with others in all of it. What a shop does not know of them is unknown.",
    grain="one row per customer with an order by as_of",
    owner="customer-analytics",
    key=("customer_id",),
    made_from=(
        "gold.customer_rfm",
        "gold.customer_profile_features",
        "gold.customer_segments",
        "gold.customer_needs",
        "gold.customer_clv",
        "gold.customer_profiles",
    ),
    write="snapshot",
    keep_days=400,
    columns=(
        customer_id,
        attribute,
        behaviour,
        need,
        replace(tier, name="value", required=True),
        Column("profile", "long", "Their profile, by gold.customer_profiles; null without one."),
        Column("profile_name", "string", "What sets the profile apart.", personal="quasi"),
        Column("spend", "decimal(18,2)", "Spend so far, net of returns.", required=True),
        Column("lifetime_value", "double", "Net spend expected in 36 months, discounted.", between=(0, None)),
    ),
    totals=(
        Total("every customer who ordered is there", "count(*)", "gold.customer_rfm", "count(*)"),
        Total("no money is lost on the way", "sum(spend)", "gold.customer_rfm", "sum(spend)"),
    ),
)
