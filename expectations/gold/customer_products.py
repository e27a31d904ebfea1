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
        *(
            Column(
                f"days_half_life_{days}d", "double", f"The same; a day {days} days ago is half a day.", required=True
            )
            for days in (30, 60, 120)
        ),
        Column("asked_days", "long", "Of these days those that lie 14 to 193 days back.", required=True),
        Column("rebought_days", "long", "Of asked_days those with another within 14 days.", required=True),
        Column("order_days", "long", "Days on which the customer bought anything.", required=True, between=(1, None)),
        Column("order_days_half_life_60d", "double", "The same; a day 60 days ago is half a day.", required=True),
    ),
    checks=(
        Check("it is bought first, then last", "first_bought_on <= last_bought_on"),
        Check("no more came of days than there were", "rebought_days <= asked_days and product_days <= order_days"),
    ),
)
