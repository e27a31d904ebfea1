"""What look-alikes are found by: a step that lives in a run, and whose past no model of later changes."""

from dataclasses import replace

from expectations.contract import Column, Table
from expectations.gold.customer_360 import customer_360
from expectations.shared import categories, customer_id

customer_audience_features = Table(
    name="gold.customer_audience_features",
    description="Of the customer 360 how, when and what somebody buys, as it was known without any model: no ids, no "
    "scores, and nothing that the member file says of a person. The audiences that a customer is in stand beside it, "
    "and whether they allow profiling. Never published.",
    grain="one row per customer known by as_of",
    owner="customer-analytics",
    key=("customer_id",),
    made_from=(
        "gold.customer_rfm",
        "gold.customer_behaviour",
        "gold.customer_lifecycle",
        "gold.customer_channels",
        "gold.customer_engagement",
        "gold.customer_preferences",
        "gold.account_department_days",
        "silver.customers",
        "silver.campaign_targets",
        "silver.redemptions",
        "silver.consents",
        "silver.audience_members",
    ),
    write="run",
    columns=(
        customer_id,
        Column("audiences", "array<string>", "Audiences that the customer is in, sorted.", required=True),
        replace(categories, required=True),
        Column("category_days", "array<int>", "On how many days each of these was bought.", required=True),
        *(
            customer_360.column(name)
            for name in (
                "allows_profiling",
                "orders",
                "orders_28d",
                "orders_91d",
                "order_days",
                "days_since_last_order",
                "mean_days_between_orders",
                "spend",
                "spend_28d",
                "spend_91d",
                "spend_per_order",
                "lines",
                "lines_per_order",
                "weekend_order_share",
                "morning_order_share",
                "evening_order_share",
                "preferred_daypart",
                "preferred_daypart_share",
                "stores",
                "favourite_store_share",
                "departments",
                "favourite_department",
                "favourite_department_share",
                "private_label_share",
                "returned_share",
                "discount_share",
                "promotion_ratio",
                "novelty_share",
                "large_pack_share",
                "channels",
                "favourite_channel",
                "favourite_channel_share",
                "views_91d",
                "searches_91d",
                "carts_91d",
                "carts_left_91d",
                "tickets",
                "open_tickets",
                "mean_satisfaction",
                "reviews",
                "mean_stars",
                "campaigns_received",
                "coupons_redeemed",
                "stage",
                "is_prospect",
                "often_bought",
                "novelty_quintile",
                "recency_quintile",
                "frequency_quintile",
                "monetary_quintile",
                "tier",
            )
        ),
    ),
)
