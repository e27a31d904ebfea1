"""What people do in the app: look at products, search, fill the cart."""

from expectations.contract import Column, Table
from expectations.shared import DIGITS, ODD, READABLE

app_events = Table(
    name="bronze.app_events",
    description="Events of the app, as they came.",
    grain="one row per line of a delivered file",
    owner="app",
    key=("file", "line"),
    write="delivery",
    channel="app",
    feeds=("silver.events",),
    delivers="changes",
    expected="daily",
    format="jsonl",
    columns=(
        Column("event_id", "string", "Event.", header="id", required=True),
        Column("session_id", "string", "Session: from opening the app to half an hour of nothing.", header="session"),
        Column(
            "account_id",
            "string",
            "Account; null where nobody is logged in.",
            header="account",
            personal="pseudonymous",
            space="app",
        ),
        Column("happened_at", "timestamp", "Instant.", header="at"),
        Column("type", "string", "view, search or cart.", required=True, one_of=("view", "search", "cart")),
        Column("product_id", "string", "Product.", header="product", matches=DIGITS, space="store"),
        Column("category", "string", "Category that was searched."),
    ),
    checks=(READABLE, ODD),
)
