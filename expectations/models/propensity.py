"""Propensity: in which department somebody will buy in the next four weeks."""

from expectations.contract import Model

propensity = Model(
    name="propensity",
    description="Probability of a purchase in a department in the next 28 days, of who bought anything in the last 56: "
    "boosting or a forest on what they and others bought there, calibrated at a later cut.",
    owner="customer-analytics",
    made_from=(
        "gold.customer_department_features",
        "gold.customer_features",
        "gold.account_department_days",
        "silver.customers",
    ),
    holdout_days=28,
    metric="brier",
    purpose="profiling",
    lower_is_better=True,
    baselines=("department_rate", "own_share_56d"),
    others=("log_loss", "auc_loss"),
    scores=("propensity",),
    ignores=("reach_28d", "again_28d"),
)
