"""Sales by order and department: the step in which all order lines are read once. Lives only in a run."""

from expectations.contract import Column, Table, Total
from expectations.shared import channel, customer_id, order_id, ordered_on, store_id

sales_by_order = Table(
    name="gold.sales_by_order",
    description="What each order bought from each department. Never published: the tables of a run share it.",
    grain="one row per order and department",
    owner="sales-analytics",
    key=("channel", "order_id", "customer_id", "store_id", "ordered_on", "department"),
    made_from=("silver.order_lines", "silver.products"),
    write="run",
    columns=(
        channel,
        order_id,
        customer_id,
        store_id,
        ordered_on,
        Column("department", "string", "Department; null where the product is unknown, or has none."),
        Column("lines", "long", "Order lines.", required=True, between=(1, None)),
        Column("quantity", "long", "Units; fuel is counted in a finer unit.", required=True, between=(0, None)),
        Column("sales", "decimal(18,2)", "Sales, USD.", required=True, between=(0, None)),
        Column(
            "private_label_sales",
            "decimal(18,2)",
            "Of these, of the retailer's own brand.",
            required=True,
            between=(0, None),
        ),
        Column("card_discount", "decimal(18,2)", "Loyalty-card discounts, USD.", required=True, between=(0, None)),
        Column("coupon_discount", "decimal(18,2)", "Manufacturer's coupons, USD.", required=True, between=(0, None)),
        Column("coupon_match", "decimal(18,2)", "Retailer's match of coupons, USD.", required=True, between=(0, None)),
    ),
    totals=(
        Total("no money is lost on the way", "sum(sales)", "silver.order_lines", "sum(sales)"),
        Total("no line is lost on the way", "sum(lines)", "silver.order_lines", "count(*)"),
    ),
)
