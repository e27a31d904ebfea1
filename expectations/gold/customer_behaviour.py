"""How, when and what a customer buys: the step that the customer 360 and the segments share. Lives only in a run."""

from expectations.contract import Check, Column, Table, Total
from expectations.shared import customer_id

customer_behaviour = Table(
    name="gold.customer_behaviour",
    description="How, when and what each customer buys. Never published: the customer 360 shows it.",
    grain="one row per customer with an order or a return by as_of",
    owner="customer-analytics",
    key=("customer_id",),
    made_from=(
        "gold.customer_days",
        "gold.account_store_days",
        "gold.account_department_days",
        "silver.customers",
    ),
    write="run",
    columns=(
        customer_id,
        Column(
            "orders",
            "long",
            "Orders so far: purchases, not receipts of returns alone.",
            required=True,
            between=(0, None),
        ),
        Column("orders_28d", "long", "Orders in the 28 days to as_of.", required=True, between=(0, None)),
        Column("orders_91d", "long", "Orders in the 91 days to as_of.", required=True, between=(0, None)),
        Column("order_days", "long", "Days with an order.", required=True, between=(0, None)),
        Column("weekend_order_share", "double", "Share of orders on a Saturday or Sunday.", between=(0, 1)),
        Column("morning_order_share", "double", "Share of orders before noon, local time.", between=(0, 1)),
        Column("evening_order_share", "double", "Share of orders from 17:00, local time.", between=(0, 1)),
        Column("stores", "long", "Stores visited.", required=True, between=(0, None)),
        Column("favourite_store_id", "string", "Store with most orders; the lowest id wins a tie."),
        Column("favourite_store_share", "double", "Share of orders at the favourite store.", between=(0, 1)),
        Column("lines", "long", "Order lines so far.", required=True, between=(0, None)),
        Column("lines_per_order", "double", "Mean lines in an order.", between=(0, None)),
        Column("departments", "long", "Different known departments bought from.", required=True, between=(0, None)),
        Column("favourite_department", "string", "Department with most spend; the first by name wins a tie."),
        Column("favourite_department_share", "double", "Share of sales in the favourite department.", between=(0, 1)),
        Column("private_label_share", "double", "Share of sales of the retailer's own brand.", between=(0, 1)),
        Column("spend", "decimal(18,2)", "Spend so far, net of returns.", required=True),
        Column("spend_28d", "decimal(18,2)", "Net spend in the 28 days to as_of.", required=True),
        Column("spend_91d", "decimal(18,2)", "Net spend in the 91 days to as_of.", required=True),
        Column("spend_per_order", "decimal(18,2)", "Mean money of an order, before returns."),
        Column("purchased", "decimal(18,2)", "Money of all purchases, before returns.", required=True),
        Column("returned", "decimal(18,2)", "Money that went back, less fees.", required=True),
        Column("returned_share", "double", "returned / purchased; null without a purchase.", between=(0, 1)),
        Column("card_discount", "decimal(18,2)", "Loyalty-card discounts so far.", required=True),
        Column("coupon_discount", "decimal(18,2)", "Coupon discounts so far, with the match.", required=True),
        Column("discount_share", "double", "Discounts as a share of the undiscounted price.", between=(0, 1)),
    ),
    checks=(Check("windows nest", "orders_28d <= orders_91d and orders_91d <= orders"),),
    totals=(
        Total("no money is lost on the way", "sum(spend)", "gold.customer_days", "sum(spend)"),
        Total("no order is lost on the way", "sum(orders)", "gold.customer_days", "sum(orders)"),
    ),
)
