"""Customer lifetime value: who still orders, how often, for how much."""

from expectations.contract import Model

clv = Model(
    name="clv",
    description="Who still orders, how often, for how much: BG/NBD and gamma-gamma, or trees on what customers did of "
    "late, whichever errs less.",
    owner="customer-analytics",
    made_from=("gold.customer_features", "gold.customer_days"),
    holdout_days=90,
    metric="orders_rmse",
    purpose="profiling",
    lower_is_better=True,
    baselines=("naive_rate", "last_90_days_again", "mean_of_windows"),
    others=("orders_mae", "spend_rmse", "spend_mae"),
    scores=("alive_probability", "expected_orders_90d", "expected_spend_90d", "lifetime_value"),
)
