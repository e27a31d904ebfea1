"""Sales by day, channel, store and department, for BI."""

from expectations.contract import Column, Table, Total
from expectations.shared import channel, ordered_on, store_id

sales_daily = Table(
    name="gold.sales_daily",
    description="Sales by day, channel, store and department. Guests count. Money is net of what came back.",
    grain="one row per day, channel, store and department with a line",
    owner="sales-analytics",
    key=("ordered_on", "channel", "store_id", "department"),
    made_from=("gold.sales_by_order",),
    write="kept",
    columns=(
        ordered_on,
        channel,
        store_id,
        Column("department", "string", "Department; UNKNOWN, or OTHER for postage and the like.", required=True),
        Column(
            "orders",
            "long",
            "Orders with a line sold here; do not add over departments.",
            required=True,
            between=(0, None),
        ),
        Column("lines", "long", "Order lines.", required=True, between=(1, None)),
        Column("quantity", "decimal(18,3)", "Units sold less units returned; fuel is finer.", required=True),
        Column("sales", "decimal(18,2)", "Money, net of what came back.", required=True),
        Column("returned", "decimal(18,2)", "Money of the lines that came back.", required=True, between=(0, None)),
        Column("guest_sales", "decimal(18,2)", "Of the sales, those of guests.", required=True),
        Column("card_discount", "decimal(18,2)", "Loyalty-card discounts, net.", required=True),
        Column("coupon_discount", "decimal(18,2)", "Coupon discounts, with the match, net.", required=True),
    ),
    totals=(
        Total("no money is lost on the way", "sum(sales)", "gold.sales_by_order", "sum(sales)"),
        Total(
            "no guest's money is lost on the way",
            "coalesce(sum(guest_sales), 0)",
            "gold.sales_by_order",
            "coalesce(sum(sales) filter (where account_id is null), 0)",
        ),
    ),
)
