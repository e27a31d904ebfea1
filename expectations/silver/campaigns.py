"""Campaigns."""

from expectations.contract import Check, Column, Table
from expectations.shared import campaign_id

campaigns = Table(
    name="silver.campaigns",
    description="Campaigns, known from the day before they start.",
    grain="one row per campaign",
    owner="marketing",
    key=("campaign_id",),
    write="delivery",
    columns=(
        campaign_id,
        Column("campaign_type", "string", "Type A, B or C.", required=True, one_of=("Type A", "Type B", "Type C")),
        Column("starts_on", "date", "First day.", required=True),
        Column("ends_on", "date", "Last day.", required=True),
    ),
    checks=(
        Check("a campaign ends after it starts", "ends_on >= starts_on"),
        Check("known before it starts", "delivered_on < starts_on", "timeliness", severity="warn"),
    ),
)
