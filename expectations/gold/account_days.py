"""What an account bought and brought back, by day and channel: kept from night to night."""

from expectations.contract import Check, Table, Total
from expectations.shared import DAY_SUMS, account_id, channel, ordered_on

account_days = Table(
    name="gold.account_days",
    description="What each account bought and brought back on each day in each channel; guests are one without a name.",
    grain="one row per account, day and channel with an order or a return",
    owner="customer-analytics",
    key=("account_id", "ordered_on", "channel"),
    made_from=("gold.sales_by_order",),
    write="kept",
    columns=(
        account_id,
        ordered_on,
        channel,
        *DAY_SUMS,
    ),
    checks=(Check("spend is net", "spend = purchased - returned"),),
    totals=(Total("no money is lost on the way", "sum(spend)", "gold.sales_by_order", "sum(sales)"),),
)
