"""Risk: who returns, uses coupons, shares an address or spends as hardly anybody does."""

from expectations.contract import Model

risk = Model(
    name="risk",
    description="How unusual a customer is in what costs the shop: an isolation forest on returns, coupons, accounts, "
    "shared addresses and payment cards, and days of spending; less than the median is never unusual. Nobody knows who "
    "abuses anything, so it is judged by time: of the first 2 %, how many times as often as of all are they among the "
    "1 % who bring back most, or use most coupons, in the 90 days after. It must beat a rule on returned share alone; "
    "one on coupons alone, and the feature that lies farthest above what is usual, are logged beside it: who looks for "
    "one thing needs no forest. Its purpose is service: fraud is prevented to perform contracts (PIPL Art. 13 (2)) and "
    "in legitimate interest (GDPR recital 47); who took that consent back, or never gave it, is not scored.",
    owner="customer-analytics",
    made_from=("gold.customer_risk_features", "gold.customer_days"),
    holdout_days=90,
    metric="later_lift",
    purpose="service",
    lower_is_better=False,
    baselines=("returned_share",),
    scores=("risk_score",),
)
