"""Sales at the store tills: one CSV a day, one line per product in a basket."""

from expectations.contract import Column, Table
from expectations.shared import BUYER, DIGITS, ODD, READABLE, card_id

store_sales = Table(
    name="bronze.store_sales",
    description="Till lines of the stores, as they came.",
    grain="one row per line of a delivered file",
    owner="store-operations",
    key=("file", "line"),
    write="delivery",
    channel="store",
    feeds=("silver.order_lines", "silver.orders"),
    delivers="changes",
    expected="daily",
    tax="excluded",
    allowed={BUYER.description: 0.15},  # who shows no card and pays in cash is a guest
    columns=(
        card_id,
        Column("store_id", "string", "Store of the till.", matches=DIGITS, space="store"),
        Column("basket_id", "string", "Basket: one receipt.", matches=DIGITS),
        Column("product_id", "string", "Product bought.", matches=DIGITS, space="store"),
        Column("quantity", "decimal(18,3)", "Units; for goods sold by measure (fuel) a finer unit."),
        Column("sales_value", "decimal(18,2)", "Money that the retailer received, in USD."),
        Column("retail_disc", "decimal(18,2)", "Discount from the loyalty card, in USD."),
        Column("coupon_disc", "decimal(18,2)", "Discount from a manufacturer's coupon, in USD."),
        Column("coupon_match_disc", "decimal(18,2)", "Retailer's match of a manufacturer's coupon, in USD."),
        Column("week", "int", "Week of the study, 1 to 53."),
        Column("transaction_timestamp", "timestamp", "Instant of the purchase, UTC.", format="yyyy-MM-dd'T'HH:mm:ssX"),
        Column("payment_card", "string", "Payment card, where one paid.", personal="direct", holds="payment_card"),
    ),
    checks=(READABLE, ODD),
)
