"""``gold.customer_tag_overlap``: which tags go together."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.gold.customer_behaviour import share


def customer_tag_overlap(customer_tags: DataFrame) -> DataFrame:
    """Pairs are counted both ways, and each tag with itself."""
    tags = customer_tags.select("customer_id", "tag")
    others = tags.withColumnRenamed("tag", "other_tag")
    both = tags.join(others, "customer_id").groupBy("tag", "other_tag").agg(F.count("*").alias("customers"))
    alone = both.where("tag = other_tag").select("tag", F.col("customers").alias("of"))
    every = tags.agg(F.count_distinct("customer_id").alias("every"))
    beside = both.join(F.broadcast(alone), "tag").crossJoin(every)
    beside = beside.join(
        F.broadcast(alone.select(F.col("tag").alias("other_tag"), F.col("of").alias("other"))), "other_tag"
    )
    has = share("customers", "of")
    return beside.select(
        "tag", "other_tag", "customers", has.alias("share"), (has / share("other", "every")).alias("lift")
    )
