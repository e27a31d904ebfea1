"""What customers think of products and departments, and what has changed."""

from dataclasses import replace

from expectations.contract import Check, Column, Table
from expectations.shared import department, product_id

product_feedback = Table(
    name="gold.product_feedback",
    description="Reviews by department and by product, and what changed: the share of negative ones (1 or 2 stars, or "
    "3 with a negative text) in the 91 days to as_of against the 91 before, by Fisher's exact test, at a false "
    "discovery rate of 5 % among all rows of a level (Benjamini and Hochberg 1995).",
    grain="one row per department with a review by as_of, null for none, and one per product",
    owner="customer-analytics",
    key=("level", "department", "product_id"),
    made_from=("gold.customer_texts", "gold.customer_sentiments"),
    write="snapshot",
    keep_days=400,
    columns=(
        Column("level", "string", "department or product.", required=True, one_of=("department", "product")),
        replace(department, required=False),
        replace(product_id, description="The product; null for a department.", required=False),
        Column("reviews", "long", "Reviews so far.", required=True, between=(1, None)),
        Column("mean_stars", "double", "Their mean stars, 1 to 5.", required=True, between=(1, 5)),
        Column("negative_share", "double", "Share of the negative ones.", required=True, between=(0, 1)),
        Column("mean_sentiment_365d", "double", "Mean sentiment of the texts of 365 days, 0 to 1.", between=(0, 1)),
        Column("needs_complained", "array<string>", "Needs of negative reviews, most often told first.", required=True),
        Column("reviews_91d", "long", "Reviews of the 91 days to as_of.", required=True, between=(0, None)),
        Column("reviews_91d_before", "long", "Of the 91 days before.", required=True, between=(0, None)),
        Column("mean_stars_91d", "double", "Mean stars of these days; null without a review.", between=(1, 5)),
        Column("mean_stars_91d_before", "double", "Of the days before.", between=(1, 5)),
        Column("negative_91d", "long", "Negative reviews of these days.", required=True, between=(0, None)),
        Column("negative_91d_before", "long", "Of the days before.", required=True, between=(0, None)),
        Column("negative_share_change", "double", "How much the share of negative ones rose.", between=(-1, 1)),
        Column("p_value", "double", "Chance of such a change if there is none; null without both.", between=(0, 1)),
        Column("is_changed", "boolean", "The change is beyond chance.", required=True),
        Column("why", "string", "What changed, in words.", required=True),
    ),
    checks=(
        Check("a department has no product", "(level = 'department') = (product_id is null)"),
        Check(
            "negative ones are some of all", "negative_91d <= reviews_91d and negative_91d_before <= reviews_91d_before"
        ),
    ),
)
