"""Sales by day, store and department, for BI."""

from expectations.contract import Column, Table, Total
from expectations.shared import ordered_on, store_id

sales_daily = Table(
    name="gold.sales_daily",
    description="Sales by day, store and department. Lines whose product is unknown lie in department UNKNOWN.",
    grain="one row per day, store and department with a line",
    owner="sales-analytics",
    key=("ordered_on", "store_id", "department"),
    made_from=("gold.sales_by_order",),
    write="current",
    columns=(
        ordered_on,
        store_id,
        Column("department", "string", "Department, or UNKNOWN.", required=True),
        Column(
            "orders", "long", "Orders with a line here; do not add over departments.", required=True, between=(1, None)
        ),
        Column("lines", "long", "Order lines.", required=True, between=(1, None)),
        Column("quantity", "long", "Units; fuel is counted in a finer unit.", required=True, between=(0, None)),
        Column("sales", "decimal(18,2)", "Sales, USD.", required=True, between=(0, None)),
        Column("card_discount", "decimal(18,2)", "Loyalty-card discounts, USD.", required=True, between=(0, None)),
        Column(
            "coupon_discount",
            "decimal(18,2)",
            "Coupon discounts, with the match, USD.",
            required=True,
            between=(0, None),
        ),
    ),
    totals=(Total("no money is lost on the way", "sum(sales)", "gold.sales_by_order", "sum(sales)"),),
)
