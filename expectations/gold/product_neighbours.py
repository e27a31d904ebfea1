"""Customers who bought this also bought that: what the same customers buy, in whatever order."""

from dataclasses import replace

from expectations.contract import Check, Column, Table
from expectations.shared import product_id

product_neighbours = Table(
    name="gold.product_neighbours",
    description="Customers who bought this also bought that: up to 20 neighbours of each of the 3,000 products with "
    "most buyers, by cosine over customers of the days on which they bought them (a day 120 days ago is half a day). "
    "Of at most 20,000 customers, the same ones each time.",
    grain="one row per product and neighbour that five customers bought both of",
    owner="sales-analytics",
    key=("product_id", "other_product_id"),
    made_from=("gold.customer_products", "silver.products"),
    write="snapshot",
    keep_days=60,
    columns=(
        product_id,
        replace(product_id, name="other_product_id", description="The neighbour."),
        Column(
            "similarity",
            "double",
            "Cosine of the two; of few who bought both it is shrunk to 0.",
            required=True,
            between=(0, 1),
        ),
        Column("place", "long", "1: the nearest neighbour of the product.", required=True, between=(1, 20)),
        Column("buyers", "long", "Customers who bought product_id in two years.", required=True, between=(5, None)),
        Column("other_buyers", "long", "Customers who bought other_product_id.", required=True, between=(5, None)),
        Column("both_buyers", "long", "Customers who bought both.", required=True, between=(5, None)),
    ),
    checks=(
        Check("both are no more than each", "both_buyers <= least(buyers, other_buyers)"),
        Check("nothing is its own neighbour", "product_id <> other_product_id"),
    ),
)
