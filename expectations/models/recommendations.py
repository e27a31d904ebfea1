"""Recommendations: which ten products somebody will buy in the next two weeks."""

from expectations.contract import Model

recommendations = Model(
    name="recommendations",
    description="Ten products that a customer will buy in the next 14 days: those of their own rhythm, and new ones "
    "that the same customers buy, or that are much bought of the kinds that they buy; two logistic regressions, and "
    "two more for who bought on two days at most. A list is of what somebody bought, which is profiling (GDPR Art. 4 "
    "(4), PIPL Art. 73 (2)): who did not allow that has none, and whoever sends it asks for marketing too.",
    owner="customer-analytics",
    made_from=(
        "gold.sales_baskets",
        "silver.customers",
        "silver.products",
        "gold.product_features",
        "gold.product_neighbours",
    ),
    holdout_days=28,
    metric="recall_10",
    purpose="profiling",
    lower_is_better=False,
    baselines=("personal_days", "personal_decayed", "shop_14d"),
)
