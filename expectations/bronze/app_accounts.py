"""Accounts of the app, delivered when they are opened or changed."""

from expectations.contract import Column, Table
from expectations.shared import ODD, READABLE

app_accounts = Table(
    name="bronze.app_accounts",
    description="Accounts of the app, as they came.",
    grain="one row per line of a delivered file",
    owner="app",
    key=("file", "line"),
    write="delivery",
    channel="app",
    feeds=("silver.accounts",),
    delivers="changes",
    format="jsonl",
    regions=("US", "CN"),
    columns=(
        Column("account_id", "string", "Account.", required=True, personal="pseudonymous", space="app"),
        Column("opened_at", "timestamp", "Instant at which it was opened."),
        Column("name", "string", "Name, as the customer wrote it.", personal="direct", holds="name"),
        Column("phone", "string", "Telephone.", header="phone.number", personal="direct", holds="phone"),
        Column("is_phone_verified", "boolean", "A code that was sent there came back.", header="phone.verified"),
        Column("email", "string", "E-mail address.", header="email.address", personal="direct", holds="email"),
        Column("is_email_verified", "boolean", "A link that was sent there was opened.", header="email.verified"),
        Column("birthday", "string", "Day of birth.", format="yyyy-MM-dd", personal="direct", holds="birthday"),
    ),
    checks=(READABLE, ODD),
)
