"""Ten products for each customer, and three that are new to them, each with its reason."""

from dataclasses import replace

from expectations.contract import Check, Column, Table
from expectations.shared import category, customer_id, department, model_version, product_id

customer_recommendations = Table(
    name="gold.customer_recommendations",
    description="What a customer will buy in the next 14 days, each with its reason: likely, the ten products with the "
    "highest probability, and discover, the three of those that they never bought. Only products of the master.",
    grain="one row per customer with a purchase in the 365 days to as_of, list and place in it; empty before the first "
    "champion",
    owner="customer-analytics",
    key=("customer_id", "list", "place"),
    made_from=("gold.customer_products", "gold.product_features", "gold.product_neighbours", "gold.product_rules"),
    uses=("recommendations",),
    write="snapshot",
    keep_days=60,
    columns=(
        customer_id,
        Column(
            "list",
            "string",
            "likely: whatever it is; discover: never bought in two years.",
            required=True,
            one_of=("likely", "discover"),
        ),
        Column("place", "long", "1: the first of the list.", required=True, between=(1, 10)),
        product_id,
        replace(department, required=False),
        replace(category, required=False),
        Column(
            "probability",
            "double",
            "Probability that they buy it in the next 14 days.",
            required=True,
            between=(0, 1),
        ),
        Column(
            "reason_kind",
            "string",
            "again: they bought it; together: it goes into the same basket as what they bought; alike: the same "
            "customers buy both; content: of a kind that they buy; popular: many buy it.",
            required=True,
            one_of=("again", "together", "alike", "content", "popular"),
        ),
        Column("why", "string", "The reason in words.", required=True),
        model_version,
    ),
    checks=(Check("what is to be discovered was never bought", "list <> 'discover' or reason_kind <> 'again'"),),
)
