"""Who customers are and how they buy: the step that axes and profiles share. Lives only in a run."""

from expectations.contract import Column, Table
from expectations.shared import customer_id

customer_profile_features = Table(
    name="gold.customer_profile_features",
    description="Mixed columns of each customer: age and household in plain words, habits, money. What is not known is "
    "null. Never published: gold.customer_axes shows it.",
    grain="one row per customer with an order by as_of",
    owner="customer-analytics",
    key=("customer_id",),
    made_from=(
        "gold.customer_behaviour",
        "gold.customer_preferences",
        "silver.customers",
        "silver.members",
    ),
    write="run",
    columns=(
        customer_id,
        Column(
            "age_group",
            "string",
            "By the middle of the age band: young below 35, older from 55.",
            one_of=("young", "middle-aged", "older"),
            personal="quasi",
        ),
        Column(
            "household",
            "string",
            "family: with children; single; couple: two, or married; adults: three or more.",
            one_of=("family", "single", "couple", "adults"),
            personal="quasi",
        ),
        Column("channel", "string", "Channel where the next order is likeliest."),
        Column("daypart", "string", "Part of the day when it is likeliest."),
        Column("department", "string", "Department with most spend."),
        Column("orders_91d", "long", "Orders in the 91 days to as_of.", required=True, between=(0, None)),
        Column("spend_per_order", "double", "Mean money of an order, before returns."),
        Column("promotion_ratio", "double", "Lines on offer, as a multiple of what others buy so.", between=(0, None)),
        Column("private_label_share", "double", "Share of sales of the retailer's own brand.", between=(0, 1)),
    ),
)
