"""Coupons redeemed."""

from expectations.contract import Check, Column, Table
from expectations.shared import campaign_id, coupon_upc, customer_id

redemptions = Table(
    name="silver.redemptions",
    description="Coupons redeemed by customers.",
    grain="one row per customer, coupon, campaign and day",
    owner="marketing",
    key=("customer_id", "coupon_upc", "campaign_id", "redeemed_on"),
    write="delivery",
    columns=(
        customer_id,
        coupon_upc,
        campaign_id,
        Column("redeemed_on", "date", "Local date of the redemption.", required=True),
    ),
    checks=(
        Check("not from the future", "redeemed_on <= delivered_on", "accuracy"),
        Check("known within 3 days", "datediff(delivered_on, redeemed_on) <= 3", "timeliness", severity="warn"),
        Check("the campaign is known", severity="warn", references=("campaign_id", "silver.campaigns")),
    ),
)
