"""What all customers together tell of a product: a step of a run that recommendations share."""

from expectations.contract import Check, Column, Table
from expectations.shared import product_id

product_features = Table(
    name="gold.product_features",
    description="How many customers buy a product, whether they come back to it, and what it is among its kind.",
    grain="one row per product of the master that a customer bought in the two years to as_of",
    owner="sales-analytics",
    key=("product_id",),
    made_from=("gold.customer_products", "silver.products"),
    write="run",
    columns=(
        product_id,
        Column("words", "string", "Its name, else its type and its number, else its number.", required=True),
        Column("department", "string", "Department, as the product master has it; null where it has none."),
        Column("category", "string", "Category within the department; null where it has none."),
        Column("kind", "string", "Department, category and product type; of what has none the product.", required=True),
        Column("buyers", "long", "Customers who bought it.", required=True, between=(1, None)),
        *(
            Column(f"buyers_{days}d", "long", f"Of these, in the {days} days to as_of.", required=True)
            for days in (14, 90)
        ),
        *(
            Column(
                f"reach_{days}d",
                "double",
                f"buyers_{days}d as a share of the customers who bought anything then; of both one more.",
                required=True,
                between=(0, 1),
            )
            for days in (14, 90)
        ),
        Column(
            "rebought",
            "double",
            "Share of days on which it was bought, 14 to 193 days back, with another within 14; of few days nearer to "
            "that of its kind, and of a kind of few to that of all.",
            required=True,
            between=(0, 1),
        ),
        Column("kind_share", "double", "buyers_90d as a share of those of its kind.", required=True, between=(0, 1)),
    ),
    checks=(Check("who bought it lately bought it", "buyers_14d <= buyers_90d and buyers_90d <= buyers"),),
)
