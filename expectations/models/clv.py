"""Customer lifetime value: who still orders, how often, for how much."""

from expectations.contract import Model

clv = Model(
    name="clv",
    description="BG/NBD and gamma-gamma: who still orders, how often, for how much. Baseline: the naive rate.",
    owner="customer-analytics",
    made_from="gold.customer_days",
    holdout_days=90,
    metric="orders_mae",
    purpose="profiling",
    lower_is_better=True,
)
