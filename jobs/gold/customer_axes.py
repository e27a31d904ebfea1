"""``gold.customer_axes``: attribute, behaviour, need and value of each customer."""

from functools import reduce

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from expectations.gold.customer_axes import customer_axes as contract

UNKNOWN = "unknown"


def customer_axes(
    customer_rfm: DataFrame,
    customer_profile_features: DataFrame,
    customer_segments: DataFrame,
    customer_needs: DataFrame,
    customer_clv: DataFrame,
    customer_profiles: DataFrame,
) -> DataFrame:
    """One row per customer who ordered; who allows no profiling has neither segment nor profile."""
    parts = [
        customer_profile_features.select("customer_id", "age_group", "household"),
        customer_segments.select("customer_id", "segment_name"),
        customer_needs.select("customer_id", "need"),
        customer_clv.select("customer_id", "lifetime_value"),
        customer_profiles.select("customer_id", "profile", "profile_name"),
    ]
    joined = reduce(lambda left, right: left.join(right, "customer_id", "left"), parts, customer_rfm)
    axes = {
        "attribute": F.coalesce(F.nullif(F.concat_ws(" ", "age_group", "household"), F.lit("")), F.lit(UNKNOWN)),
        "behaviour": F.coalesce("segment_name", F.lit(UNKNOWN)),
        "need": F.coalesce("need", F.lit("none")),
        "value": F.col("tier"),
    }
    return joined.withColumns(axes).select(*(column.name for column in contract.columns))
