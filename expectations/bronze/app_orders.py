"""Orders in the app: one object an order, with its items."""

from expectations.contract import Column, Table
from expectations.shared import DIGITS, ODD, READABLE

app_orders = Table(
    name="bronze.app_orders",
    description="Orders in the app, as they came.",
    grain="one row per item of an order; of an order without items its head",
    owner="app",
    key=("file", "line", "item"),
    write="delivery",
    channel="app",
    feeds=("silver.order_lines", "silver.orders"),
    delivers="changes",
    whole=("order_id",),
    expected="daily",
    tax="excluded",
    format="jsonl",
    rows="items",
    columns=(
        Column("order_id", "string", "Order.", required=True),
        Column("account_id", "string", "Account that ordered.", personal="pseudonymous", space="app"),
        Column("store_id", "string", "Store that packs the order.", matches=DIGITS, space="store"),
        Column("placed_at", "timestamp", "Instant of the order."),
        Column("payment_card", "string", "Payment card, where one paid.", personal="direct", holds="payment_card"),
        Column("product_id", "string", "Product.", header="items.product_id", matches=DIGITS, space="store"),
        Column("quantity", "decimal(18,3)", "Units.", header="items.quantity"),
        Column("paid", "decimal(18,2)", "Money for the item, in USD.", header="items.paid"),
        Column("card_discount", "decimal(18,2)", "Member's discount, in USD.", header="items.member_discount"),
        Column("coupon_discount", "decimal(18,2)", "Manufacturer's coupon, in USD.", header="items.coupon"),
        Column("coupon_match", "decimal(18,2)", "Our match of it, in USD.", header="items.coupon_match"),
    ),
    checks=(READABLE, ODD),
)
