"""The customer 360: who they are, how and when they buy, what they buy, what they are worth."""

from dataclasses import replace

from expectations.contract import Check, Column, Table, Total
from expectations.gold.customer_behaviour import customer_behaviour
from expectations.gold.customer_engagement import customer_engagement
from expectations.gold.customer_preferences import customer_preferences
from expectations.shared import attribute, customer_id, need, stage, tier

customer_360 = Table(
    name="gold.customer_360",
    description="Everything known about a customer in one row. Of nothing, a count is 0, a share or mean null.",
    grain="one row per customer known by as_of, prospects among them",
    owner="customer-analytics",
    key=("customer_id",),
    made_from=(
        "gold.customer_rfm",
        "gold.customer_behaviour",
        "gold.customer_clv",
        "gold.customer_segments",
        "gold.customer_lifecycle",
        "gold.customer_churn",
        "gold.customer_propensity",
        "gold.customer_next_purchase",
        "gold.customer_channels",
        "gold.customer_engagement",
        "gold.customer_preferences",
        "gold.customer_feedback",
        "gold.customer_influence",
        "gold.customer_risk",
        "gold.customer_recommendations",
        "gold.customer_axes",
        "gold.customer_lookalikes",
        "silver.customers",
        "silver.members",
        "silver.campaign_targets",
        "silver.redemptions",
        "silver.consents",
    ),
    write="snapshot",
    keep_days=400,
    columns=(
        customer_id,
        Column(
            "accounts", "long", "Accounts that are the customer's, in all channels.", required=True, between=(1, None)
        ),
        Column("is_prospect", "boolean", "Never ordered.", required=True),
        Column("is_member", "boolean", "Known to the CRM.", required=True),
        Column("household_id", "string", "Household, as the CRM says.", personal="pseudonymous"),
        Column("age_band", "string", "Age band.", personal="quasi"),
        Column("income_band", "string", "Household income band, thousand USD a year.", personal="quasi"),
        Column("home_ownership", "string", "Homeowner, Renter or probably so.", personal="quasi"),
        Column("marital_status", "string", "Married or Unmarried.", personal="quasi"),
        Column("household_size", "string", "People in the household.", personal="quasi"),
        Column("household_composition", "string", "Adults and kids in words.", personal="quasi"),
        Column("kids_count", "string", "Children in the household.", personal="quasi"),
        replace(attribute, required=False),
        Column("first_order_on", "date", "Day of the first order."),
        Column("last_order_on", "date", "Day of the last order."),
        Column("days_since_last_order", "int", "Days from the last order to as_of.", between=(0, None)),
        Column(
            "mean_days_between_orders",
            "double",
            "Mean days between days with an order; null below two.",
            between=(0, None),
        ),
        *customer_behaviour.columns[1:],
        Column("channels", "long", "Channels with an order.", required=True, between=(0, None)),
        Column("first_channel", "string", "Channel of the first order; the first by name of the same day."),
        Column("last_channel", "string", "Channel of the last order."),
        Column("favourite_channel", "string", "Channel with most orders; the first by name wins a tie."),
        Column("favourite_channel_share", "double", "Share of orders there.", between=(0, 1)),
        Column(
            "moved_from_channel",
            "string",
            "Channel with most orders in the 91 days before the last 91, where another has most now; else null.",
        ),
        Column("moved_to_channel", "string", "That other channel."),
        *customer_engagement.columns[1:],
        *(
            customer_preferences.column(name)
            for name in (
                "preferred_daypart",
                "preferred_daypart_share",
                "preferred_time",
                "promotion_ratio",
                "novelty_share",
                "novelty_quintile",
                "large_pack_share",
                "often_bought",
            )
        ),
        replace(need, required=False),
        Column("needs_complained", "array<string>", "Needs of complaints of the last 365 days; null where none came."),
        Column("sentiment", "double", "Mean sentiment of what they wrote in 365 days.", between=(0, 1)),
        Column("newest_complaints", "array<string>", "Of each of these needs the newest complaint; null for the same."),
        Column(
            "influence_tier",
            "string",
            "How much they bring others, by PageRank; none: brought nobody.",
            required=True,
            one_of=("top", "high", "middle", "low", "none"),
        ),
        Column("reach", "long", "Customers that came by them, directly or not.", required=True, between=(0, None)),
        Column(
            "risk_tier", "int", "5 is most unusual in what costs the shop; nothing is decided by it.", between=(1, 5)
        ),
        Column("risk_reason", "string", "The strongest reason for it, from tier 3."),
        Column("allows_analytics", "boolean", "Consents to analytics; null where no consents came."),
        Column("allows_profiling", "boolean", "Consents to profiling; null where no consents came."),
        Column("allows_marketing", "boolean", "Consents to marketing; null where no consents came."),
        Column("campaigns_received", "long", "Campaigns sent to the customer.", required=True, between=(0, None)),
        Column("coupons_redeemed", "long", "Coupons redeemed.", required=True, between=(0, None)),
        Column("last_redeemed_on", "date", "Day of the last redemption."),
        Column("recency_quintile", "int", "5: ordered most lately.", between=(1, 5)),
        Column("frequency_quintile", "int", "5: most orders.", between=(1, 5)),
        Column("monetary_quintile", "int", "5: highest spend.", between=(1, 5)),
        tier,
        Column("alive_probability", "double", "Probability of still being a customer.", between=(0, 1)),
        Column("expected_orders_90d", "double", "Orders expected in the next 90 days.", between=(0, 90)),
        Column(
            "expected_spend_90d", "double", "Spend expected in the next 90 days, net of returns.", between=(0, None)
        ),
        Column("expected_orders_365d", "double", "Orders expected in the next 365 days.", between=(0, 365)),
        Column(
            "expected_spend_365d", "double", "Spend expected in the next 365 days, net of returns.", between=(0, None)
        ),
        Column("lifetime_value", "double", "Net spend expected in 36 months, discounted.", between=(0, None)),
        stage,
        Column("stage_why", "string", "Why it is this stage."),
        Column(
            "churn_probability",
            "double",
            "Probability of no purchase in the next 28 days, of who bought in the last 56.",
            between=(0, 1),
        ),
        Column("churn_reason", "string", "The strongest reason for it."),
        Column(
            "department_to_try",
            "string",
            "Of departments where they bought nothing for 56 days the one where a purchase is likeliest.",
        ),
        Column(
            "department_to_try_propensity",
            "double",
            "Probability of a purchase there in the next 28 days.",
            between=(0, 1),
        ),
        Column("next_category", "string", "Of categories that they buy again and again the one that is due first."),
        Column("next_category_on", "date", "The day by which they will rather have bought it than not."),
        Column(
            "recommended_products",
            "array<string>",
            "Products that they will likeliest buy in the next 14 days, ten at most, the likeliest first.",
        ),
        Column("discover_product", "string", "Of those that they never bought the likeliest."),
        Column("lookalike_audience", "string", "Audience whose members they are most like, of those they are not in."),
        Column("lookalike_similarity", "double", "How like: a probability.", between=(0, 1)),
        Column("segment", "long", "Number of the behavioural segment."),
        Column("segment_name", "string", "What sets the segment apart."),
        Column("is_unusual", "boolean", "Behaves like nobody else."),
    ),
    checks=(Check("an order has a first day", "(orders > 0) = (first_order_on is not null)"),),
    totals=(
        Total("every customer is there once", "count(*)", "silver.customers", "count(distinct customer_id)"),
        Total("no money is lost on the way", "sum(spend)", "gold.customer_behaviour", "sum(spend)"),
        Total("no order is lost on the way", "sum(orders)", "gold.customer_behaviour", "sum(orders)"),
    ),
)
