"""Coupons redeemed."""

from dataclasses import replace

from expectations.contract import Check, Column, Table
from expectations.shared import account_id, campaign_id, coupon_upc, not_from_the_future, timely

redemptions = Table(
    name="silver.redemptions",
    description="Coupons redeemed by customers.",
    grain="one row per account, coupon, campaign and day",
    owner="marketing",
    key=("account_id", "coupon_upc", "campaign_id", "redeemed_on"),
    write="delivery",
    columns=(
        replace(account_id, required=True),
        coupon_upc,
        campaign_id,
        Column("redeemed_on", "date", "Local date of the redemption.", required=True),
    ),
    checks=(
        not_from_the_future("redeemed_on"),
        timely("redeemed_on"),
        Check("the campaign is known", severity="warn", references=("campaign_id", "silver.campaigns")),
    ),
)
