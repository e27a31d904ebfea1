"""What was bought, and what came back: every line of every order, of all channels."""

from dataclasses import replace

from expectations.contract import Check, Column, Table
from expectations.shared import (
    BUYER,
    CURRENCY,
    NOT_FROM_THE_FUTURE,
    TIMELY,
    account_id,
    channel,
    kind,
    order_id,
    ordered_at,
    ordered_on,
    product_id,
    store_id,
)

order_lines = Table(
    name="silver.order_lines",
    description="Order lines of all channels in one shape. Who, where and when may stand in the order's head alone.",
    grain="one row per line of an order",
    owner="customer-data",
    key=("channel", "order_id", "line_id"),
    whole=("channel", "order_id"),
    write="delivery",
    columns=(
        channel,
        order_id,
        Column(
            "line_id", "string", "The line, by the channel's own number or by its place in the file.", required=True
        ),
        kind,
        replace(product_id, required=False),
        account_id,
        store_id,
        replace(ordered_at, required=False),
        replace(ordered_on, required=False),
        Column("quantity", "decimal(18,3)", "Units, negative for a return; 0 where none was booked.", required=True),
        Column("sales", "decimal(18,2)", "Money for the line, of the customer or for a coupon.", required=True),
        Column("currency", "string", "Currency of the money, an ISO 4217 code.", required=True),
        Column("card_discount", "decimal(18,2)", "Loyalty-card discount; null where the channel has none."),
        Column("coupon_discount", "decimal(18,2)", "Manufacturer's coupon; null where the channel has none."),
        Column("coupon_match", "decimal(18,2)", "Retailer's match of a coupon; null where the channel has none."),
    ),
    checks=(
        Check("the money is in the business's currency", f"currency = '{CURRENCY}'", "accuracy"),
        Check("a sale is not negative", "kind <> 'sale' or (quantity >= 0 and sales >= 0)", "accuracy"),
        Check("a return is not positive", "kind <> 'return' or (quantity <= 0 and sales <= 0)", "accuracy"),
        Check(
            "a discount has the sign of its line",
            "case kind when 'sale' then least(card_discount, coupon_discount, coupon_match, 0) >= 0"
            " when 'return' then greatest(card_discount, coupon_discount, coupon_match, 0) <= 0 else true end",
            "accuracy",
        ),
        NOT_FROM_THE_FUTURE,
        TIMELY,
        BUYER,
        Check("a line says what moved: units or money", "quantity <> 0 or sales <> 0", "consistency", severity="warn"),
        Check(
            "what is sold has a product", "kind = 'other' or product_id is not null", "completeness", severity="warn"
        ),
        Check(
            "the product is in the product master",
            dimension="consistency",
            severity="warn",
            references=("product_id", "silver.products"),
        ),
    ),
)
