"""What a customer bought and brought back, by day: the step that the customer tables share. Lives only in a run."""

from expectations.contract import Check, Column, Table, Total
from expectations.shared import customer_id, ordered_on

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
        Column("orders", "long", "Purchases of the day: orders with a line sold.", required=True, between=(0, None)),
        Column("lines", "long", "Lines sold on the day.", required=True, between=(0, None)),
        Column(
            "purchased",
            "decimal(18,2)",
            "Money of the day's purchases, their postage and discounts included.",
            required=True,
        ),
        Column("returned", "decimal(18,2)", "Money that went back on the day, less fees.", required=True),
        Column("spend", "decimal(18,2)", "Net: purchased less returned.", required=True),
        Column("card_discount", "decimal(18,2)", "Loyalty-card discounts on what was sold.", required=True),
        Column("coupon_discount", "decimal(18,2)", "Manufacturer's coupons on what was sold.", required=True),
        Column("coupon_match", "decimal(18,2)", "Retailer's match of coupons on what was sold.", required=True),
    ),
    checks=(Check("spend is net", "spend = purchased - returned"),),
    totals=(
        Total(
            "customers and guests together are all the money",
            "coalesce(sum(spend), 0)",
            "gold.account_days",
            "coalesce(sum(spend), 0) - coalesce(sum(spend) filter (where account_id is null), 0)",
        ),
    ),
)
