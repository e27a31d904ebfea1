"""``gold.customer_stage_moves``: from stage to stage in the last 28 days."""

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from jobs.gold.customer_behaviour import share


def customer_stage_moves(customer_lifecycle: DataFrame) -> DataFrame:
    """Counts, and what share of those who were there each is."""
    moves = customer_lifecycle.groupBy(
        F.col("stage_28d_ago").alias("from_stage"), F.col("stage").alias("to_stage")
    ).agg(F.count("*").alias("customers"))
    of_stage = F.sum("customers").over(Window.partitionBy("from_stage"))
    return moves.withColumn("share", share(F.col("customers"), of_stage))
