"""Campaigns, delivered the day before they start."""

from expectations.contract import Column, Table
from expectations.shared import DIGITS, ODD, READABLE

marketing_campaigns = Table(
    name="bronze.marketing_campaigns",
    description="Campaigns of the marketing tool, as they came.",
    grain="one row per line of a delivered file",
    owner="marketing",
    key=("file", "line"),
    write="delivery",
    channel="marketing",
    feeds=("silver.campaigns",),
    delivers="changes",
    columns=(
        Column("campaign_id", "string", "Campaign.", matches=DIGITS, space="marketing"),
        Column("campaign_type", "string", "Type A, B or C: how widely it is sent."),
        Column("start_date", "date", "First day.", format="yyyy-MM-dd"),
        Column("end_date", "date", "Last day.", format="yyyy-MM-dd"),
    ),
    checks=(READABLE, ODD),
)
