"""Who each campaign was sent to."""

from dataclasses import replace

from expectations.contract import Check, Table
from expectations.shared import account_id, campaign_id

campaign_targets = Table(
    name="silver.campaign_targets",
    description="Accounts that a campaign was sent to.",
    grain="one row per campaign and account",
    owner="marketing",
    key=("campaign_id", "account_id"),
    write="delivery",
    columns=(campaign_id, replace(account_id, required=True)),
    checks=(Check("the campaign is known", severity="warn", references=("campaign_id", "silver.campaigns")),),
)
