"""Tickets: who asked for help, when, and whether it helped."""

from expectations.contract import Check, Column, Table
from expectations.shared import WRITTEN, account_id, channel, not_from_the_future

tickets = Table(
    name="silver.tickets",
    description="Tickets of the service desk.",
    grain="one row per ticket",
    owner="service",
    key=("channel", "ticket_id"),
    write="delivery",
    columns=(
        channel,
        Column("ticket_id", "string", "The ticket, by the desk's own number.", required=True),
        account_id,
        Column("opened_at", "timestamp", "Instant at which it was opened.", required=True),
        Column("opened_on", "date", "Local date, in the business's time zone.", required=True),
        Column("closed_at", "timestamp", "Instant at which it was closed; null while it is open."),
        Column("satisfaction", "int", "Stars for the answer, 1 to 5; null where none were given.", between=(1, 5)),
        WRITTEN,
    ),
    checks=(
        not_from_the_future("opened_on"),
        Check("it is closed after it was opened", "closed_at is null or closed_at >= opened_at"),
    ),
)
