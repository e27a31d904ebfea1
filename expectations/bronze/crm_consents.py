"""What members allowed, and took back: delivered when it changes."""

from expectations.contract import Column, Table
from expectations.shared import ODD, READABLE, card_id

crm_consents = Table(
    name="bronze.crm_consents",
    description="Consents of members, by purpose, as they came.",
    grain="one row per line of a delivered file",
    owner="crm",
    key=("file", "line"),
    write="delivery",
    channel="crm",
    feeds=("silver.consents",),
    delivers="changes",
    columns=(
        card_id,
        Column("purpose", "string", "What for."),
        Column("given_on", "date", "Day on which it was given.", format="yyyy-MM-dd"),
        Column("withdrawn_on", "date", "Day on which it was taken back, if it was.", format="yyyy-MM-dd"),
    ),
    checks=(READABLE, ODD),
)
