"""Look-alikes: who is most like the members of an audience, and not in it."""

from expectations.contract import Model

lookalikes = Model(
    name="lookalikes",
    description="How like the members of an audience a customer is: a logistic regression and boosting for each, added "
    "up as they were right of members and others who had been hidden. It learns from tonight's members and others, so "
    "that a list has look-alikes after one training, and is judged by each fifth of the members in turn, hidden while "
    "the rest is learned: how many times as many of them as of others are as like the rest as the first tenth of "
    "others? And by time: of those who joined in the month after an earlier cut, the same by a model of that cut. It "
    "must beat spend, RFM and the nearest members; logistic regression alone, than which it may not be surely worse, "
    "and the one trait that tells members best are logged beside it. Who is in no list may have been forgotten: then "
    "all probabilities are too low by one factor, and their order is right (Elkan and Noto 2008). Of fewer than 100 "
    "members who allow profiling nothing is learned. A list is of what somebody bought, which is profiling (GDPR Art. "
    "4 (4), PIPL Art. 73 (2)): who did not allow that teaches nothing and is in no list, and whoever sends it asks for "
    "marketing too.",
    owner="marketing",
    made_from=("gold.customer_audience_features",),
    holdout_days=0,
    metric="lift_hidden",
    purpose="profiling",
    lower_is_better=False,
    baselines=("spend_91d", "rfm", "nearest_members"),
)
