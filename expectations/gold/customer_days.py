"""What a customer bought and brought back, by day: the step that the customer tables share. Lives only in a run."""

from expectations.contract import Check, Table
from expectations.shared import ALL_THE_MONEY, DAY_SUMS, customer_id, ordered_on

customer_days = Table(
    name="gold.customer_days",
    description="What each customer bought and brought back on each day. Never published: tables share it.",
    grain="one row per customer and day with an order or a return",
    owner="customer-analytics",
    key=("customer_id", "ordered_on"),
    made_from=("gold.account_days", "silver.customers"),
    write="run",
    columns=(
        customer_id,
        ordered_on,
        *DAY_SUMS,
    ),
    checks=(Check("spend is net", "spend = purchased - returned"),),
    totals=(ALL_THE_MONEY,),
)
