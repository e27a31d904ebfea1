"""Tickets of the service desk, delivered when they are opened, and again when they are closed."""

from expectations.contract import Column, Table
from expectations.shared import ODD, READABLE, TEXT

service_tickets = Table(
    name="bronze.service_tickets",
    description="Tickets of the service desk, as they came.",
    grain="one row per line of a delivered file",
    owner="service",
    key=("file", "line"),
    write="delivery",
    channel="service",
    feeds=("silver.tickets", "silver.accounts"),
    delivers="changes",
    format="jsonl",
    regions=("US", "CN"),
    columns=(
        Column("ticket_id", "string", "Ticket.", required=True),
        Column("name", "string", "Name, as it was heard.", header="from.name", personal="direct", holds="name"),
        Column("phone", "string", "Telephone.", header="from.phone", personal="direct", holds="phone"),
        Column("email", "string", "E-mail address.", header="from.email", personal="direct", holds="email"),
        Column("opened_at", "timestamp", "Instant at which it was opened."),
        Column("closed_at", "timestamp", "Instant at which it was closed."),
        Column("satisfaction", "int", "Stars for the answer, 1 to 5."),
        TEXT,
    ),
    checks=(READABLE, ODD),
)
