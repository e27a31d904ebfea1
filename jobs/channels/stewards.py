"""Data stewards: a small file of pairs that somebody looked at, in either order."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.channels import LINEAGE


def identity_decisions(stewards_decisions: DataFrame) -> DataFrame:
    pair = ("account_id", "other_account_id")
    return stewards_decisions.select(
        F.least(*pair).alias("account_id"),
        F.greatest(*pair).alias("other_account_id"),
        (F.col("decision") == "same").alias("is_same"),
        *LINEAGE,
    )
