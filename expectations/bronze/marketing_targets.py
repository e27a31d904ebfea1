"""Who a campaign was sent to, delivered the day before it starts."""

from expectations.contract import Column, Table
from expectations.shared import DIGITS, ODD, READABLE, card_id

marketing_targets = Table(
    name="bronze.marketing_targets",
    description="Campaign targets of the marketing tool, as they came.",
    grain="one row per line of a delivered file",
    owner="marketing",
    key=("file", "line"),
    write="delivery",
    channel="marketing",
    feeds=("silver.campaign_targets",),
    delivers="changes",
    columns=(
        Column("campaign_id", "string", "Campaign.", matches=DIGITS, space="marketing"),
        card_id,
    ),
    checks=(READABLE, ODD),
)
