"""Churn: who will buy nothing in the next four weeks."""

from expectations.contract import Model

churn = Model(
    name="churn",
    description="Probability of no purchase in the next 28 days of who bought in the last 56: boosting or a forest on "
    "rhythm and windows, calibrated at a later cut.",
    owner="customer-analytics",
    made_from=("gold.customer_features", "gold.customer_days"),
    holdout_days=28,
    metric="brier",
    purpose="profiling",
    lower_is_better=True,
    baselines=("constant_rate", "days_away", "order_days_56d"),
    others=("log_loss", "auc_loss"),
    asks="order_days_56d > 0",
    scores=("churn_probability",),
)
