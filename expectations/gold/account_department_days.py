"""What an account buys, by day, channel and department: kept from night to night."""

from expectations.contract import Column, Table, Total
from expectations.shared import account_id, categories, channel, ordered_on

account_department_days = Table(
    name="gold.account_department_days",
    description="What each account bought on each day in each channel and department; returns are not taken off.",
    grain="one row per account, day, channel and department with a line sold",
    owner="customer-analytics",
    key=("account_id", "ordered_on", "channel", "department"),
    made_from=("gold.sales_by_order",),
    write="kept",
    columns=(
        account_id,
        ordered_on,
        channel,
        Column("department", "string", "Department; null where the product is unknown, or has none."),
        Column("lines", "long", "Lines sold.", required=True, between=(1, None)),
        Column(
            "discounted_lines",
            "long",
            "Of these, with a discount; null for days of which older code kept none.",
            between=(0, None),
        ),
        Column("sales", "decimal(18,2)", "Money of the lines sold.", required=True, between=(0, None)),
        Column(
            "private_label_sales",
            "decimal(18,2)",
            "Of these, of the retailer's own brand.",
            required=True,
            between=(0, None),
        ),
        categories,
    ),
    totals=(
        Total(
            "no sale is lost on the way", "sum(sales)", "gold.sales_by_order", "sum(sales) filter (where kind = 'sale')"
        ),
    ),
)
