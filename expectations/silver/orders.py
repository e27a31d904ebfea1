"""Order heads: who ordered where and when. Sums of an order are gold's work."""

from expectations.contract import Check, Table
from expectations.shared import TIMELY, channel, customer_id, order_id, ordered_at, ordered_on, store_id

orders = Table(
    name="silver.orders",
    description="Order heads of all channels. They come from lines, so all lines of an order but one are repeats.",
    grain="one row per order",
    owner="customer-data",
    key=("channel", "order_id"),
    write="delivery",
    repeats=True,
    columns=(channel, order_id, customer_id, store_id, ordered_at, ordered_on),
    checks=(Check("not from the future", "ordered_on <= delivered_on", "accuracy"), TIMELY),
)
