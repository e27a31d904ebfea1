"""Who each campaign was sent to."""

from expectations.contract import Check, Table
from expectations.shared import campaign_id, customer_id

campaign_targets = Table(
    name="silver.campaign_targets",
    description="Customers that a campaign was sent to.",
    grain="one row per campaign and customer",
    owner="marketing",
    key=("campaign_id", "customer_id"),
    write="delivery",
    columns=(campaign_id, customer_id),
    checks=(Check("the campaign is known", severity="warn", references=("campaign_id", "silver.campaigns")),),
)
