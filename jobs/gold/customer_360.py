"""``gold.customer_360``: who they are, how and when they buy, what they buy, what they are worth."""

from functools import reduce

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from expectations.gold.customer_360 import customer_360 as contract
from jobs.gold.customer_behaviour import share, with_zeros


def customer_360(
    customer_rfm: DataFrame,
    customer_behaviour: DataFrame,
    customer_clv: DataFrame,
    customer_segments: DataFrame,
    members: DataFrame,
    campaign_targets: DataFrame,
    redemptions: DataFrame,
) -> DataFrame:
    """One row per customer with an order or a membership; counts are 0 where nothing was bought, shares null."""
    who = members.withColumn("is_member", F.lit(True))
    rfm = customer_rfm.drop("orders", "spend")
    known = rfm.select("customer_id").union(who.select("customer_id")).distinct()
    parts = [
        who,
        rfm,
        customer_behaviour,
        customer_clv.drop("model_version"),
        customer_segments.drop("model_version"),
        campaign_targets.groupBy("customer_id").agg(F.count_distinct("campaign_id").alias("campaigns_received")),
        redemptions.groupBy("customer_id").agg(
            F.count("*").alias("coupons_redeemed"), F.max("redeemed_on").alias("last_redeemed_on")
        ),
    ]
    joined = reduce(lambda left, right: left.join(right, "customer_id", "left"), parts, known)
    rest = {
        "is_member": F.coalesce("is_member", F.lit(False)),
        "mean_days_between_orders": share("days_active", "repeat_days"),
    }
    return joined.withColumns(rest).select(*with_zeros(contract.columns))
