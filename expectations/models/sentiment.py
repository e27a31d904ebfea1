"""Sentiment: does a text praise or complain?"""

from expectations.contract import Model

sentiment = Model(
    name="sentiment",
    description="Probability that who wrote a text gives four or five stars, and not one or two: a logistic regression "
    "on n-grams of characters, English and Chinese alike, that starts from words that tell good from bad elsewhere; a "
    "ticket is a text with few where its answer got few.",
    owner="customer-analytics",
    made_from=("gold.customer_texts",),
    holdout_days=59,
    metric="brier",
    purpose="analytics",
    lower_is_better=True,
    baselines=("base_rate", "starting_words"),
    others=("log_loss", "auc_loss"),
    asks="language is not null",
    scores=("sentiment",),
    ignores=("customer_id", "stars", "answer_stars"),
)
