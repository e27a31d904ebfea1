"""What was bought: every line of every order, of all channels."""

from expectations.contract import Check, Column, Table
from expectations.shared import TIMELY, channel, customer_id, order_id, ordered_at, ordered_on, product_id, store_id

order_lines = Table(
    name="silver.order_lines",
    description="Order lines of all channels in one shape. Money is what the retailer received.",
    grain="one row per product in an order",
    owner="customer-data",
    key=("channel", "order_id", "product_id"),
    write="delivery",
    columns=(
        channel,
        order_id,
        product_id,
        customer_id,
        store_id,
        ordered_at,
        ordered_on,
        Column("quantity", "long", "Units; 0 where the till booked none.", required=True, between=(0, None)),
        Column(
            "sales",
            "decimal(18,2)",
            "Received from the customer or for a coupon, USD.",
            required=True,
            between=(0, None),
        ),
        Column("card_discount", "decimal(18,2)", "Loyalty-card discount, USD.", required=True, between=(0, None)),
        Column("coupon_discount", "decimal(18,2)", "Manufacturer's coupon, USD.", required=True, between=(0, None)),
        Column("coupon_match", "decimal(18,2)", "Retailer's match of a coupon, USD.", required=True, between=(0, None)),
    ),
    checks=(
        Check("not from the future", "ordered_on <= delivered_on", "accuracy"),
        TIMELY,
        Check("something was sold: units or money", "quantity > 0 or sales > 0", "consistency", severity="warn"),
        Check(
            "the product is in the product master",
            dimension="consistency",
            severity="warn",
            references=("product_id", "silver.products"),
        ),
    ),
)
