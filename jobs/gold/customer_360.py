"""``gold.customer_360``: who they are, how and when they buy, what they buy, what they are worth."""

from datetime import date
from functools import reduce

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from expectations.gold.customer_360 import customer_360 as contract
from jobs.consent import allowing
from jobs.gold.customer_behaviour import favourite, share, with_zeros
from jobs.silver import LINEAGE

PURPOSES = ("analytics", "profiling", "marketing")


def customer_360(
    customer_rfm: DataFrame,
    customer_behaviour: DataFrame,
    customer_clv: DataFrame,
    customer_segments: DataFrame,
    customer_lifecycle: DataFrame,
    customer_churn: DataFrame,
    customer_propensity: DataFrame,
    customer_next_purchase: DataFrame,
    customer_channels: DataFrame,
    customer_engagement: DataFrame,
    customer_preferences: DataFrame,
    customer_feedback: DataFrame,
    customer_influence: DataFrame,
    customer_risk: DataFrame,
    customer_recommendations: DataFrame,
    customer_axes: DataFrame,
    customer_lookalikes: DataFrame,
    customers: DataFrame,
    members: DataFrame,
    campaign_targets: DataFrame,
    redemptions: DataFrame,
    consents: DataFrame,
    as_of: date,
) -> DataFrame:
    """One row per customer; counts of nothing are 0, shares null."""
    whose = customers.select("account_id", "customer_id")
    known = whose.groupBy("customer_id").agg(F.count("*").alias("accounts"))
    targeted, redeemed = (
        frame.join(whose, "account_id").groupBy("customer_id") for frame in (campaign_targets, redemptions)
    )
    parts = [
        of_members(members.join(whose, "account_id")),
        customer_rfm.drop("orders", "spend"),
        customer_behaviour,
        customer_clv.drop("model_version"),
        customer_segments.drop("model_version"),
        customer_lifecycle.select("customer_id", "stage", F.col("why").alias("stage_why")),
        customer_churn.select("customer_id", "churn_probability", F.col("reason_1").alias("churn_reason")),
        to_try(customer_propensity),
        due_first(customer_next_purchase),
        of_channels(customer_channels),
        customer_engagement,
        customer_preferences,
        customer_feedback.select(
            "customer_id", "needs_complained", "newest_complaints", F.col("mean_sentiment_365d").alias("sentiment")
        ),
        customer_influence.select("customer_id", "influence_tier", "reach"),
        customer_risk.select("customer_id", "risk_tier", F.col("reason_1").alias("risk_reason")),
        of_lists(customer_recommendations),
        customer_axes.select("customer_id", "attribute", "need"),
        most_like(customer_lookalikes),
        of_consents(whose, consents, as_of),
        targeted.agg(F.count_distinct("campaign_id").alias("campaigns_received")),
        redeemed.agg(F.count("*").alias("coupons_redeemed"), F.max("redeemed_on").alias("last_redeemed_on")),
    ]
    joined = reduce(lambda left, right: left.join(right, "customer_id", "left"), parts, known)
    rest = {
        "is_prospect": F.coalesce(F.col("orders") == 0, F.lit(True)),
        "is_member": F.coalesce("is_member", F.lit(False)),
        "influence_tier": F.coalesce("influence_tier", F.lit("none")),
        "mean_days_between_orders": share("days_active", "repeat_days"),
    }
    return joined.withColumns(rest).select(*with_zeros(contract.columns))


def of_members(members: DataFrame) -> DataFrame:
    """Who has several cards is described by the first that says anything."""
    told = [name for name in members.columns if name not in ("customer_id", "account_id", *LINEAGE)]
    says_nothing = F.coalesce("age_band", "income_band").isNull()
    first = F.min_by(F.struct(*told), F.struct(says_nothing, "account_id")).alias("first")
    return members.groupBy("customer_id").agg(first).select("customer_id", "first.*", F.lit(True).alias("is_member"))


def to_try(propensity: DataFrame) -> DataFrame:
    """Where somebody has not been of late, and will go first; the first by name of equals."""
    elsewhere = propensity.where("not is_bought_56d").groupBy("customer_id")
    likeliest = F.max("propensity").alias("department_to_try_propensity")
    return elsewhere.agg(favourite("department", "propensity").alias("department_to_try"), likeliest)


def due_first(next_purchase: DataFrame) -> DataFrame:
    """Of what is due on one day the likeliest, and the first by name of equals."""
    due = F.when(F.col("expected_on").isNotNull(), F.struct("expected_on", -F.col("probability_28d"), "category"))
    first = F.min(due)
    return next_purchase.groupBy("customer_id").agg(
        first["category"].alias("next_category"), first["expected_on"].alias("next_category_on")
    )


def of_lists(recommendations: DataFrame) -> DataFrame:
    """What to offer first, in order."""
    likely = F.array_sort(F.collect_list(F.when(F.col("list") == "likely", F.struct("place", "product_id"))))
    discover = F.min_by("product_id", F.when(F.col("list") == "discover", F.col("place")))
    return recommendations.groupBy("customer_id").agg(
        F.nullif(likely["product_id"], F.array()).alias("recommended_products"), discover.alias("discover_product")
    )


def most_like(lookalikes: DataFrame) -> DataFrame:
    """The first by name of equals."""
    return lookalikes.groupBy("customer_id").agg(
        favourite("audience", "similarity").alias("lookalike_audience"),
        F.max("similarity").alias("lookalike_similarity"),
    )


def of_channels(channels: DataFrame) -> DataFrame:
    """First, last and favourite channel, and where the favourite of the last 91 days is a new one."""
    bought = channels.where("orders > 0").groupBy("customer_id")
    last = F.max_by("channel", F.struct("last_order_on", "channel"))
    found = bought.agg(
        F.count("*").alias("channels"),
        F.min_by("channel", F.struct("first_order_on", "channel")).alias("first_channel"),
        last.alias("last_channel"),
        favourite("channel", "orders").alias("favourite_channel"),
        F.max("order_share").alias("favourite_channel_share"),
        favourite("channel", F.nullif("orders_91d", F.lit(0))).alias("now"),
        favourite("channel", F.nullif("orders_91d_before", F.lit(0))).alias("before"),
    )
    is_moved = F.col("now") != F.col("before")
    return found.withColumns(
        {"moved_from_channel": F.when(is_moved, F.col("before")), "moved_to_channel": F.when(is_moved, F.col("now"))}
    ).drop("now", "before")


def of_consents(customers: DataFrame, consents: DataFrame, as_of: date) -> DataFrame:
    """A yes or no of everybody, where any consents came; nothing of anybody where none did."""
    asked = customers.select("customer_id").distinct().join(consents.limit(1).select(F.lit(True).alias("any")))
    for purpose in PURPOSES:
        allows = allowing(purpose, customers, consents, as_of).withColumn(f"allows_{purpose}", F.lit(True))
        asked = asked.join(allows, "customer_id", "left").fillna(False, [f"allows_{purpose}"])
    return asked.drop("any")
