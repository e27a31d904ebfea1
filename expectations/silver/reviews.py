"""Reviews: what customers think of products."""

from dataclasses import replace

from expectations.contract import Column, Table
from expectations.shared import WRITTEN, account_id, channel, not_from_the_future, product_id

reviews = Table(
    name="silver.reviews",
    description="Reviews of products.",
    grain="one row per review",
    owner="reviews",
    key=("channel", "review_id"),
    write="delivery",
    columns=(
        channel,
        Column("review_id", "string", "The review, by the channel's own number.", required=True),
        account_id,
        replace(product_id, required=False),
        Column("stars", "int", "Stars, 1 to 5.", required=True, between=(1, 5)),
        Column("reviewed_at", "timestamp", "Instant.", required=True),
        Column("reviewed_on", "date", "Local date, in the business's time zone.", required=True),
        WRITTEN,
    ),
    checks=(not_from_the_future("reviewed_on"),),
)
