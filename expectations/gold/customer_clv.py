"""Customer lifetime value: is the customer still there, how often will they order, for how much."""

from expectations.contract import Check, Column, Table
from expectations.shared import customer_id, model_version

customer_clv = Table(
    name="gold.customer_clv",
    description="What is expected of each customer. An order is a day with a purchase; money is revenue, no margin: "
    "no cost is known.",
    grain="one row per customer with an order by as_of; empty before the first champion",
    owner="customer-analytics",
    key=("customer_id",),
    made_from=("gold.customer_features",),
    uses=("clv",),
    write="snapshot",
    keep_days=400,
    columns=(
        customer_id,
        Column("alive_probability", "double", "Probability of still being a customer.", required=True, between=(0, 1)),
        Column("expected_orders_90d", "double", "Orders expected in the next 90 days.", required=True, between=(0, 90)),
        Column("orders_90d_low", "long", "80 % interval of these orders: lower end.", required=True, between=(0, None)),
        Column(
            "orders_90d_high", "long", "80 % interval of these orders: upper end.", required=True, between=(0, None)
        ),
        Column(
            "expected_orders_365d", "double", "Orders expected in the next 365 days.", required=True, between=(0, 365)
        ),
        Column(
            "expected_spend_90d",
            "double",
            "Spend expected in 90 days, net of returns.",
            required=True,
            between=(0, None),
        ),
        Column(
            "expected_spend_365d",
            "double",
            "Spend expected in 365 days, net of returns.",
            required=True,
            between=(0, None),
        ),
        Column(
            "lifetime_value",
            "double",
            "Net spend expected in 36 months, discounted by 10 % a year.",
            required=True,
            between=(0, None),
        ),
        model_version,
    ),
    checks=(
        Check("a longer time brings more", "expected_orders_90d <= expected_orders_365d"),
        Check("the interval has two ends", "orders_90d_low <= orders_90d_high"),
    ),
)
