"""What customers do beside buying: in the app before an order, at the service desk, in reviews."""

from expectations.contract import Check, Column, Table
from expectations.shared import customer_id

customer_engagement = Table(
    name="gold.customer_engagement",
    description="What customers do beside buying: in the app, at the service desk, in reviews.",
    grain="one row per customer with an event in the 91 days to as_of, a ticket or a review by as_of",
    owner="customer-analytics",
    key=("customer_id",),
    made_from=("silver.events", "silver.tickets", "silver.reviews", "gold.account_days", "silver.customers"),
    write="snapshot",
    keep_days=400,
    columns=(
        customer_id,
        Column("views_91d", "long", "Products looked at in the 91 days to as_of.", required=True, between=(0, None)),
        Column("searches_91d", "long", "Searches in these days.", required=True, between=(0, None)),
        Column("carts_91d", "long", "Sessions with something in the cart.", required=True, between=(0, None)),
        Column(
            "carts_left_91d",
            "long",
            "Of these, those after which nothing was ordered on that day or the next.",
            required=True,
            between=(0, None),
        ),
        Column("last_seen_on", "date", "Day of the last event of these days."),
        Column("tickets", "long", "Tickets so far.", required=True, between=(0, None)),
        Column("open_tickets", "long", "Tickets that are open.", required=True, between=(0, None)),
        Column("mean_satisfaction", "double", "Mean stars for the answers, 1 to 5.", between=(1, 5)),
        Column("reviews", "long", "Reviews so far.", required=True, between=(0, None)),
        Column("mean_stars", "double", "Mean stars given to products, 1 to 5.", between=(1, 5)),
    ),
    checks=(Check("what was left was filled", "carts_left_91d <= carts_91d and open_tickets <= tickets"),),
)
