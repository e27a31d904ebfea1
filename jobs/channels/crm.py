"""The CRM: one member a household, demographics as bands."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.channels import LINEAGE


def members(crm_members: DataFrame) -> DataFrame:
    return crm_members.select(
        F.col("household_id").alias("account_id"),
        F.col("age").alias("age_band"),
        F.col("income").alias("income_band"),
        "home_ownership",
        "marital_status",
        "household_size",
        F.col("household_comp").alias("household_composition"),
        "kids_count",
        *LINEAGE,
    )
