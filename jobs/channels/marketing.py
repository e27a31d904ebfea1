"""The marketing tool: campaigns come with their targets and coupons the day before they start."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.channels import LINEAGE


def campaigns(marketing_campaigns: DataFrame) -> DataFrame:
    return marketing_campaigns.select(
        "campaign_id",
        "campaign_type",
        F.col("start_date").alias("starts_on"),
        F.col("end_date").alias("ends_on"),
        *LINEAGE,
    )


def campaign_targets(marketing_targets: DataFrame) -> DataFrame:
    return marketing_targets.select("campaign_id", F.col("card_id").alias("account_id"), *LINEAGE)


def audience_members(marketing_audiences: DataFrame) -> DataFrame:
    return marketing_audiences.select("audience", "account_id", *LINEAGE)


def coupons(marketing_coupons: DataFrame) -> DataFrame:
    return marketing_coupons.select("coupon_upc", "product_id", "campaign_id", *LINEAGE)
