"""What each customer bought, product by product: a step that preferences and recommendations share."""

from expectations.contract import Check, Column, Table
from expectations.shared import customer_id, product_id

customer_products = Table(
    name="gold.customer_products",
    description="On how many days a customer bought a product, and when. A day in several orders is one.",
    grain="one row per customer and product bought in the two years to as_of",
    owner="customer-analytics",
    key=("customer_id", "product_id"),
    made_from=("gold.sales_baskets", "silver.customers"),
    write="run",
    columns=(
        customer_id,
        product_id,
        Column("product_days", "long", "Days on which it was bought.", required=True, between=(1, None)),
        Column("first_bought_on", "date", "The first of them.", required=True),
        Column("last_bought_on", "date", "The last of them.", required=True),
    ),
    checks=(Check("it is bought first, then last", "first_bought_on <= last_bought_on"),),
)
