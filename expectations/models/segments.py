"""Behavioural segments: who buys alike."""

from expectations.contract import Model

segments = Model(
    name="segments",
    description="k-means on how much customers buy, of late and in all, and on what: principal components of centred "
    "log-ratios of departments. Of the stable k the one whose segments are told apart best by what their customers do "
    "in the next 90 days.",
    owner="customer-analytics",
    made_from=(
        "gold.customer_behaviour",
        "gold.customer_department_mix",
        "gold.customer_days",
        "gold.account_department_days",
        "silver.customers",
    ),
    holdout_days=90,
    metric="told_apart",
    purpose="profiling",
    lower_is_better=False,
    baselines=("frequency_groups", "spend_groups", "frequency_and_department"),
    asks="orders > 0",
    scores=("segment", "distance"),
)
