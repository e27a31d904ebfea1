"""What models know of a customer: a step that the tables that they score share."""

from expectations.contract import Column, Table
from expectations.shared import customer_id

customer_features = Table(
    name="gold.customer_features",
    description="A customer's history in numbers, as models look at it. An order day is a day with a purchase.",
    grain="one row per customer with an order by as_of",
    owner="customer-analytics",
    key=("customer_id",),
    made_from=("gold.customer_days",),
    write="run",
    columns=(
        customer_id,
        Column(
            "repeat_days", "long", "Order days after the first (frequency of BG/NBD).", required=True, between=(0, None)
        ),
        Column("days_active", "int", "Days from the first order to the last (recency of BG/NBD).", required=True),
        Column("days_observed", "int", "Days from the first order to as_of (T of BG/NBD).", required=True),
        Column("repeat_spend", "double", "Mean money of an order day after the first, before returns.", required=True),
        Column("purchased", "double", "Money of all purchases, before returns.", required=True),
        Column("returned", "double", "Money that went back.", required=True),
        Column("days_since_last_order", "int", "Days from the last order to as_of.", required=True),
        Column("mean_gap", "double", "Mean days between order days; null below two."),
        Column("gap_deviation", "double", "Standard deviation of these gaps; null below three order days."),
        Column("median_gap", "double", "Median of these gaps: what is usual."),
        Column("gap_80", "double", "Four in five of these gaps are no longer."),
        Column("mean_gap_last_5", "double", "Mean of the last five of them."),
        *(
            Column(f"order_days_{days}d", "long", f"Order days in the {days} days to as_of.", required=True)
            for days in (14, 28, 56, 90, 180)
        ),
        *(
            Column(f"spend_{days}d", "double", f"Net spend in these {days} days.", required=True)
            for days in (14, 28, 56, 90, 180)
        ),
        *(
            Column(
                f"order_days_half_life_{days}d",
                "double",
                f"Order days, each counted half for every {days} days that it is ago.",
                required=True,
            )
            for days in (30, 120)
        ),
        Column("lines_per_order_day_90d", "double", "Lines sold on an order day of the last 90 days."),
        Column("discount_share_90d", "double", "Discounts as a share of the undiscounted price in these 90 days."),
        Column("most_on_a_day_90d", "double", "Most money of a day of these 90 days."),
    ),
)
