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
    customers: DataFrame,
    members: DataFrame,
    campaign_targets: DataFrame,
    redemptions: DataFrame,
) -> DataFrame:
    """One row per customer with an order, a return or a membership; counts of nothing are 0, shares null."""
    whose = customers.select("account_id", "customer_id")
    who = members.join(whose, "account_id").withColumn("is_member", F.lit(True))
    rfm = customer_rfm.drop("orders", "spend")
    known = customer_behaviour.select("customer_id").union(who.select("customer_id")).distinct()
    targeted, redeemed = (
        frame.join(whose, "account_id").groupBy("customer_id") for frame in (campaign_targets, redemptions)
    )
    parts = [
        who,
        rfm,
        customer_behaviour,
        customer_clv.drop("model_version"),
        customer_segments.drop("model_version"),
        targeted.agg(F.count_distinct("campaign_id").alias("campaigns_received")),
        redeemed.agg(F.count("*").alias("coupons_redeemed"), F.max("redeemed_on").alias("last_redeemed_on")),
    ]
    joined = reduce(lambda left, right: left.join(right, "customer_id", "left"), parts, known)
    rest = {
        "is_member": F.coalesce("is_member", F.lit(False)),
        "mean_days_between_orders": share("days_active", "repeat_days"),
    }
    return joined.withColumns(rest).select(*with_zeros(contract.columns))
