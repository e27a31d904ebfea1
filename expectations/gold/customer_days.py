"""Spend by customer and day: the step that the customer tables share. Lives only in a run."""

from expectations.contract import Column, Table, Total
from expectations.shared import customer_id, ordered_on

customer_days = Table(
    name="gold.customer_days",
    description="What each customer bought on each day. Never published: the customer tables of a run share it.",
    grain="one row per customer and day with an order",
    owner="customer-analytics",
    key=("customer_id", "ordered_on"),
    made_from=("silver.orders", "gold.sales_by_order"),
    write="run",
    columns=(
        customer_id,
        ordered_on,
        Column("orders", "long", "Orders of the day.", required=True, between=(1, None)),
        Column("lines", "long", "Order lines of the day.", required=True, between=(0, None)),
        Column("spend", "decimal(18,2)", "Sales of the day, USD.", required=True, between=(0, None)),
        Column("card_discount", "decimal(18,2)", "Loyalty-card discounts, USD.", required=True, between=(0, None)),
        Column("coupon_discount", "decimal(18,2)", "Manufacturer's coupons, USD.", required=True, between=(0, None)),
        Column("coupon_match", "decimal(18,2)", "Retailer's match of coupons, USD.", required=True, between=(0, None)),
    ),
    totals=(Total("no money is lost on the way", "sum(spend)", "gold.sales_by_order", "sum(sales)"),),
)
