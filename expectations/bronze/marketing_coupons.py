"""Which coupons of a campaign are good for which products, delivered the day before it starts."""

from expectations.contract import Column, Table
from expectations.shared import DIGITS, ODD, READABLE

marketing_coupons = Table(
    name="bronze.marketing_coupons",
    description="Coupons of the marketing tool, as they came.",
    grain="one row per line of a delivered file",
    owner="marketing",
    key=("file", "line"),
    write="delivery",
    channel="marketing",
    feeds=("silver.coupons",),
    delivers="changes",
    columns=(
        Column("coupon_upc", "string", "Coupon's universal product code.", matches=DIGITS),
        Column("product_id", "string", "Product that the coupon is good for.", matches=DIGITS, space="store"),
        Column("campaign_id", "string", "Campaign.", matches=DIGITS, space="marketing"),
    ),
    checks=(READABLE, ODD),
)
