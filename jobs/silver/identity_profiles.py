"""``silver.identity_profiles``: what is known of each account, as one number."""

from datetime import date

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.models.scoring import Champion


def identity_profiles(
    identifiers: DataFrame, quoted_orders: DataFrame, as_of: date, identity: Champion | None = None
) -> DataFrame:
    """One row per account; another model makes all fingerprints other ones."""
    is_verified = F.coalesce(F.col("verified_on") <= F.lit(as_of), F.lit(False)).alias("is_verified")
    said = identifiers.select("account_id", "kind", "token", is_verified, "known_on")
    asked = quoted_orders.select("account_id", F.lit("order").alias("kind"), F.col("order_id").alias("token"))
    every = said.unionByName(asked, allowMissingColumns=True).groupBy("account_id")
    told = F.array_sort(F.collect_list(F.struct("kind", "token", "is_verified", "known_on")))
    version = F.lit(identity.version if identity else 0)
    return every.agg(F.xxhash64(version, told).alias("fingerprint"))
