"""``gold.channel_overlap``: who buys where."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.money import total

BETWEEN = " + "


def channel_overlap(customer_channels: DataFrame) -> DataFrame:
    """Sets of channels, in which each customer counts once, and pairs, in which some count again."""
    bought = customer_channels.where("orders > 0").select("customer_id", "channel", "orders", "spend")
    every = bought.groupBy("customer_id").agg(
        F.concat_ws(BETWEEN, F.array_sort(F.collect_list("channel"))).alias("channels"),
        F.sum("orders").alias("orders"),
        total("spend").alias("spend"),
    )
    other = bought.toDF("customer_id", "other", "other_orders", "other_spend")
    pairs = bought.join(other, "customer_id").where("channel < other")
    pairs = pairs.select(
        F.concat_ws(BETWEEN, "channel", "other").alias("channels"),
        (F.col("orders") + F.col("other_orders")).alias("orders"),
        (F.col("spend") + F.col("other_spend")).cast("decimal(18,2)").alias("spend"),
    )
    of_both = every.withColumn("kind", F.lit("set")).unionByName(
        pairs.withColumn("kind", F.lit("pair")), allowMissingColumns=True
    )
    return of_both.groupBy("kind", "channels").agg(
        F.count("*").alias("customers"), F.sum("orders").alias("orders"), total("spend").alias("spend")
    )
