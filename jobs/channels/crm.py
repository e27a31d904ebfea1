"""The CRM: a member is a loyalty card; demographics are bands of the household."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.channels import LINEAGE


def members(crm_members: DataFrame) -> DataFrame:
    return crm_members.select(
        F.col("card_id").alias("account_id"),
        "household_id",
        F.col("age").alias("age_band"),
        F.col("income").alias("income_band"),
        "home_ownership",
        "marital_status",
        "household_size",
        F.col("household_comp").alias("household_composition"),
        "kids_count",
        *LINEAGE,
    )


def accounts(crm_members: DataFrame) -> DataFrame:
    return crm_members.select(
        F.col("card_id").alias("account_id"),
        F.col("joined_on").alias("opened_on"),
        "name",
        "phone",
        "email",
        "address",
        "birthday",
        *LINEAGE,
    )


def consents(crm_consents: DataFrame) -> DataFrame:
    return crm_consents.select(F.col("card_id").alias("account_id"), "purpose", "given_on", "withdrawn_on", *LINEAGE)


def referrals(crm_referrals: DataFrame) -> DataFrame:
    return crm_referrals.select(
        F.col("card_id").alias("account_id"),
        F.col("referred_card_id").alias("referred_account_id"),
        "referred_on",
        *LINEAGE,
    )
