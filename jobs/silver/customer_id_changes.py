"""``silver.customer_id_changes``: accounts whose customer is another than on the night before."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F


def customer_id_changes(customers: DataFrame, customers_before: DataFrame) -> DataFrame:
    """A row per account that came to another customer: by a merge where that one was there before, else by a split."""
    was = customers_before.select("account_id", F.col("customer_id").alias("was_customer_id"))
    there = was.select(F.col("was_customer_id").alias("customer_id")).distinct().withColumn("change", F.lit("merge"))
    moved = customers.join(was, "account_id").where("customer_id <> was_customer_id")
    return moved.join(there, "customer_id", "left").select(
        "account_id",
        "was_customer_id",
        "customer_id",
        F.coalesce("change", F.lit("split")).alias("change"),
        "reason",
    )
