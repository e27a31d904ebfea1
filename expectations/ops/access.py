"""Who looked at whom in clear, and what for."""

from expectations.contract import Column, Table

access = Table(
    name="ops.access",
    description="A line for each time that somebody was shown what the vault holds of a customer.",
    grain="one row per look",
    owner="privacy",
    key=("looked_at", "customer_id"),
    write="current",
    columns=(
        Column("looked_at", "timestamp", "Instant."),
        Column("who", "string", "Login name of who looked."),
        Column("customer_id", "long", "The customer.", personal="pseudonymous"),
        Column("purpose", "string", "What for, as they said."),
    ),
)
