"""Recency, frequency, monetary value (Hughes, Strategic Database Marketing, 1994)."""

from dataclasses import replace

from expectations.contract import Check, Column, Table
from expectations.shared import customer_id, tier

customer_rfm = Table(
    name="gold.customer_rfm",
    description="Recency, frequency and monetary value of every customer, as quintiles and as a value tier.",
    grain="one row per customer with at least one order by as_of",
    owner="customer-analytics",
    key=("customer_id",),
    made_from=("gold.customer_days",),
    write="snapshot",
    keep_days=400,
    columns=(
        customer_id,
        Column("first_order_on", "date", "Day of the first order.", required=True),
        Column("last_order_on", "date", "Day of the last order.", required=True),
        Column("days_since_last_order", "int", "Days from the last order to as_of.", required=True, between=(0, None)),
        Column("orders", "long", "Orders so far.", required=True, between=(1, None)),
        Column("repeat_days", "long", "Days with an order after the first such day.", required=True, between=(0, None)),
        Column("days_active", "int", "Days from the first order to the last.", required=True, between=(0, None)),
        Column("days_observed", "int", "Days from the first order to as_of.", required=True, between=(0, None)),
        Column("spend", "decimal(18,2)", "Spend so far, net of returns.", required=True),
        Column("recency_quintile", "int", "5: ordered most lately.", required=True, between=(1, 5)),
        Column("frequency_quintile", "int", "5: most orders.", required=True, between=(1, 5)),
        Column("monetary_quintile", "int", "5: highest spend.", required=True, between=(1, 5)),
        replace(tier, required=True),
    ),
    checks=(
        Check("a customer cannot be active longer than observed", "days_active <= days_observed"),
        Check("a repeat day needs a second day", "(repeat_days > 0) = (days_active > 0)"),
        Check("at most one repeat day a day", "repeat_days <= days_active"),
    ),
)
