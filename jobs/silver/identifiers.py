"""``silver.identifiers``: what speaks for whom, with the night from which it was known, and proved."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from expectations.shared import SAID

PROVED = ("phone", "email")


def identifiers(accounts: DataFrame, orders: DataFrame, identifiers: DataFrame) -> DataFrame:
    """``identifiers`` as known before, and what was delivered since; known, and proved, from the first night."""
    said = [
        F.struct(
            F.lit(kind).alias("kind"),
            F.col(kind).alias("token"),
            F.when(F.col(f"is_{kind}_verified"), F.col("delivered_on")).alias("verified_on")
            if kind in PROVED
            else F.lit(None).cast("date").alias("verified_on"),
        )
        for kind in SAID
    ]
    known_on = F.col("delivered_on").alias("known_on")
    of_accounts = accounts.select("account_id", F.explode(F.array(*said)).alias("said"), "channel", "delivered_on")
    of_accounts = of_accounts.select("account_id", "said.kind", "said.token", "channel", "said.verified_on", known_on)
    paid = orders.select(
        "account_id",
        F.lit("payment_card").alias("kind"),
        F.col("payment_card").alias("token"),
        "channel",
        F.lit(None).cast("date").alias("verified_on"),
        known_on,
    )
    every = of_accounts.union(paid).where("account_id is not null and token is not null").union(identifiers)
    return every.groupBy("account_id", "kind", "token").agg(
        F.min(F.struct("known_on", "channel"))["channel"].alias("channel"),
        F.min("verified_on").alias("verified_on"),
        F.min("known_on").alias("known_on"),
    )
