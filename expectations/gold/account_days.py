"""What an account bought and brought back, by day and channel: kept from night to night."""

from expectations.contract import Check, Column, Table, Total
from expectations.shared import account_id, channel, ordered_on

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
    totals=(Total("no money is lost on the way", "sum(spend)", "gold.sales_by_order", "sum(sales)"),),
)
