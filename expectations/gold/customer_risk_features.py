"""What is unusual about a customer, in counts and money: the step that the risk model looks at. Lives only in a run."""

from expectations.contract import Check, Column, Table
from expectations.shared import customer_id

customer_risk_features = Table(
    name="gold.customer_risk_features",
    description="Returns, coupons, accounts and orders of each customer, as parts and wholes. Never published.",
    grain="one row per customer with an order in the 365 days to as_of",
    owner="customer-analytics",
    key=("customer_id",),
    made_from=(
        "gold.customer_days",
        "silver.customers",
        "silver.identifiers",
        "silver.redemptions",
        "silver.campaign_targets",
    ),
    write="run",
    columns=(
        customer_id,
        Column(
            "order_days", "long", "Days with a purchase in the 365 days to as_of.", required=True, between=(1, None)
        ),
        Column("return_days", "long", "Days on which something came back.", required=True, between=(0, None)),
        Column("coupon_days", "long", "Days with a purchase and a coupon.", required=True, between=(0, None)),
        Column("purchased", "double", "Money of the purchases.", required=True),
        Column("returned", "double", "Money that went back.", required=True),
        Column("couponed", "double", "Money that coupons took off, with the retailer's match.", required=True),
        Column("order_days_90d", "long", "Days with a purchase in the last 90 days.", required=True),
        Column("purchased_90d", "double", "Money of their purchases.", required=True),
        Column("returned_90d", "double", "Money that went back in the last 90 days.", required=True),
        Column("campaigns", "long", "Campaigns that were sent to their accounts, so far.", required=True),
        Column("redemptions", "long", "Coupons that they redeemed, so far.", required=True),
        Column("accounts", "long", "Most accounts in one number space, such as two cards.", required=True),
        Column("others_at_address", "long", "Other customers at one address of theirs, at most.", required=True),
        Column("others_on_card", "long", "Other customers who paid with one card of theirs, at most.", required=True),
        Column("most_orders_on_a_day", "long", "Most orders of a day of the last 90.", required=True),
        Column(
            "largest_deviation",
            "double",
            "Of the days of the last 90 the one that lies farthest above what they usually spend on a day, in robust "
            "standard deviations of its logarithm; 0 below five days.",
            required=True,
            between=(0, None),
        ),
        Column("largest_spend", "double", "Money of that day; null below five days."),
        Column("usual_spend", "double", "Median money of a day with a purchase; null below five."),
        Column("unusual_days_90d", "long", "Days of the last 90 with 3.5 of them or more.", required=True),
        Column("unusual_day_on", "date", "The newest of these."),
    ),
    checks=(Check("an unusual day has its date", "(unusual_days_90d > 0) = (unusual_day_on is not null)"),),
)
