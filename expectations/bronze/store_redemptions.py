"""Coupons redeemed at the tills: one CSV a day."""

from expectations.contract import Column, Table
from expectations.shared import DIGITS, ODD, READABLE, card_id

store_redemptions = Table(
    name="bronze.store_redemptions",
    description="Coupon redemptions at the tills, as they came.",
    grain="one row per line of a delivered file",
    owner="store-operations",
    key=("file", "line"),
    write="delivery",
    channel="store",
    feeds=("silver.redemptions",),
    delivers="changes",
    expected="daily",
    columns=(
        card_id,
        Column("coupon_upc", "string", "Coupon's universal product code.", matches=DIGITS),
        Column("campaign_id", "string", "Campaign of the coupon.", matches=DIGITS, space="marketing"),
        Column("redemption_date", "date", "Local date of the redemption.", format="yyyy-MM-dd"),
    ),
    checks=(READABLE, ODD),
)
