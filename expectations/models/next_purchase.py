"""Next purchase: when a customer will buy a category again."""

from expectations.contract import Model

next_purchase = Model(
    name="next_purchase",
    description="The day on which a customer will buy a category again that they bought on four days or more, in the "
    "next 56: discrete-time hazards on their own rhythm and that of others.",
    owner="customer-analytics",
    made_from=(
        "gold.customer_category_features",
        "gold.customer_features",
        "gold.account_department_days",
        "silver.customers",
    ),
    holdout_days=59,
    metric="days_mae",
    purpose="profiling",
    lower_is_better=True,
    baselines=("median_gap", "constant", "own_days_56d"),
    others=("brier_28d", "coverage_error"),
    scores=("probability_28d",),
    ignores=("category_gap_of_all",),
)
