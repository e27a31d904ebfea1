"""Profiles: who is alike in who they are and in how they buy."""

from expectations.contract import Model

profiles = Model(
    name="profiles",
    description="k-prototypes (Huang 1997, 1998) on numbers and categories, k by stability. Its metric is "
    "stability: how far the profiles learned at the cut agree with those learned anew from 20 "
    "bootstrap samples of who is there 28 days later (mean adjusted Rand index). It must beat k-prototypes on the same "
    "columns shuffled each by itself, which hang together in nothing. k-means on the same columns with categories as 0 "
    "and 1, and on the numbers alone, are logged beside it, with as many groups: where one of them is stabler by more "
    "than chance, it is not promoted. It holds means of many customers, never one's own row.",
    owner="customer-analytics",
    made_from=("gold.customer_profile_features",),
    holdout_days=28,
    metric="stability",
    purpose="profiling",
    lower_is_better=False,
    baselines=("shuffled_columns",),
    scores=("profile", "dissimilarity"),
)
