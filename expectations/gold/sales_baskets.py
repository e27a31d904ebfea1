"""What was bought together: baskets, kept from night to night."""

from expectations.contract import Column, Table, Total
from expectations.shared import account_id, channel, order_id, ordered_on, products

sales_baskets = Table(
    name="gold.sales_baskets",
    description="What each order sold on a day; guests' orders count too, and returns are not taken off.",
    grain="one row per order and day with a line sold",
    owner="sales-analytics",
    key=("channel", "order_id", "ordered_on"),
    made_from=("gold.sales_by_order",),
    write="kept",
    columns=(
        channel,
        order_id,
        account_id,
        ordered_on,
        Column("lines", "long", "Lines sold.", required=True, between=(1, None)),
        products,
    ),
    totals=(
        Total(
            "no line is lost on the way",
            "sum(lines)",
            "gold.sales_by_order",
            "sum(lines) filter (where kind = 'sale')",
        ),
    ),
)
