"""Reviews of products, posted from the app."""

from expectations.contract import Column, Table
from expectations.shared import DIGITS, ODD, READABLE, TEXT

reviews_posts = Table(
    name="bronze.reviews_posts",
    description="Reviews of products, as they came.",
    grain="one row per line of a delivered file",
    owner="reviews",
    key=("file", "line"),
    write="delivery",
    channel="reviews",
    feeds=("silver.reviews",),
    delivers="changes",
    columns=(
        Column("review_id", "string", "Review.", required=True),
        Column("account_id", "string", "Account of the app.", personal="pseudonymous", space="app"),
        Column("product_id", "string", "Product.", matches=DIGITS, space="store"),
        Column("stars", "int", "Stars, 1 to 5."),
        Column("posted_at", "timestamp", "Instant.", format="yyyy-MM-dd'T'HH:mm:ssX"),
        TEXT,
    ),
    checks=(READABLE, ODD),
)
