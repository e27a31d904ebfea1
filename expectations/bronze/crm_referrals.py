"""Who brought whom to the loyalty programme."""

from dataclasses import replace

from expectations.contract import Column, Table
from expectations.shared import ODD, READABLE, card_id

crm_referrals = Table(
    name="bronze.crm_referrals",
    description="Referrals among members, as they came.",
    grain="one row per line of a delivered file",
    owner="crm",
    key=("file", "line"),
    write="delivery",
    channel="crm",
    feeds=("silver.referrals",),
    delivers="changes",
    columns=(
        replace(card_id, description="Card of who referred."),
        replace(card_id, name="referred_card_id", description="Card of who came."),
        Column("referred_on", "date", "Day on which the card was issued.", format="yyyy-MM-dd"),
    ),
    checks=(READABLE, ODD),
)
