"""Which coupon is good for which product, in which campaign."""

from expectations.contract import Check, Table
from expectations.shared import campaign_id, coupon_upc, product_id

coupons = Table(
    name="silver.coupons",
    description="Coupons and the products that they are good for. The source repeats rows; repeats are counted.",
    grain="one row per coupon, product and campaign",
    owner="marketing",
    key=("coupon_upc", "product_id", "campaign_id"),
    write="delivery",
    columns=(coupon_upc, product_id, campaign_id),
    checks=(Check("the campaign is known", severity="warn", references=("campaign_id", "silver.campaigns")),),
)
