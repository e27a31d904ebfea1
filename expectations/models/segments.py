"""Behavioural segments: who buys alike."""

from expectations.contract import Model

segments = Model(
    name="segments",
    description="k-means on scaled behaviour, k by silhouette and stability.",
    owner="customer-analytics",
    made_from=("gold.customer_behaviour",),
    holdout_days=90,
    metric="silhouette",
    purpose="profiling",
    lower_is_better=False,
    baselines=("shuffled_features",),
    asks="orders > 0",
    scores=("segment", "distance"),
)
