"""Sales by order, day, kind and department: the step in which all order lines are read once. Lives only in a run."""

from dataclasses import replace

from expectations.contract import Check, Column, Table, Total
from expectations.shared import account_id, categories, channel, kind, order_id, ordered_on, products, store_id

sales_by_order = Table(
    name="gold.sales_by_order",
    description="What each order bought and brought back, by day and department. Never published: tables share it.",
    grain="one row per order, day, kind of line and department; one without a kind for a head that has no line",
    owner="sales-analytics",
    key=("channel", "order_id", "kind", "department", "ordered_on", "is_dated"),
    made_from=("silver.order_lines", "silver.orders", "silver.products"),
    whole=("channel", "order_id"),
    write="run",
    columns=(
        channel,
        order_id,
        replace(kind, required=False),
        Column("department", "string", "Department; null where the product is unknown, or has none."),
        account_id,
        store_id,
        Column("ordered_at", "timestamp", "Instant of the order, where it is known."),
        replace(ordered_on, description="Local date; where neither line nor head says it, the night of its delivery."),
        Column("is_dated", "boolean", "The lines say the day themselves.", required=True),
        Column("has_head", "boolean", "The order's head came.", required=True),
        Column("lines", "long", "Order lines.", required=True, between=(0, None)),
        Column("discounted_lines", "long", "Of these, with a discount.", required=True, between=(0, None)),
        Column("quantity", "decimal(18,3)", "Units; fuel is counted in a finer unit.", required=True),
        Column("sales", "decimal(18,2)", "Money, negative for what came back.", required=True),
        Column("private_label_sales", "decimal(18,2)", "Of these, of the retailer's own brand.", required=True),
        Column("card_discount", "decimal(18,2)", "Loyalty-card discounts.", required=True),
        Column("coupon_discount", "decimal(18,2)", "Manufacturer's coupons.", required=True),
        Column("coupon_match", "decimal(18,2)", "Retailer's match of coupons.", required=True),
        replace(categories, description="Categories of its products, sorted; those that a product has."),
        replace(products, description="Its products, sorted; those that a line names."),
    ),
    checks=(
        Check("a line has its order's head", "has_head", "completeness", severity="warn"),
        Check("an order's head has lines", "lines > 0", "completeness", severity="warn"),
    ),
    totals=(
        Total("no money is lost on the way", "sum(sales)", "silver.order_lines", "sum(sales)"),
        Total("no line is lost on the way", "sum(lines)", "silver.order_lines", "count(*)"),
    ),
)
