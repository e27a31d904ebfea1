"""Order heads: who ordered where and when. Sums of an order are gold's work."""

from expectations.contract import Column, Table
from expectations.shared import (
    BUYER,
    NOT_FROM_THE_FUTURE,
    TIMELY,
    account_id,
    channel,
    order_id,
    ordered_at,
    ordered_on,
    store_id,
)

orders = Table(
    name="silver.orders",
    description="Order heads of all channels. Where they come from lines, all lines of an order but one are repeats.",
    grain="one row per order",
    owner="customer-data",
    key=("channel", "order_id"),
    write="delivery",
    repeats=True,
    columns=(
        channel,
        order_id,
        account_id,
        store_id,
        ordered_at,
        ordered_on,
        Column("payment_card", "string", "Token of the card that paid, where one did.", personal="pseudonymous"),
    ),
    checks=(NOT_FROM_THE_FUTURE, TIMELY, BUYER),
)
