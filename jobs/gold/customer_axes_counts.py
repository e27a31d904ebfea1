"""``gold.customer_axes_counts``: which attribute, behaviour, need and value go together."""

from functools import reduce

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from expectations.gold.customer_axes_counts import customer_axes_counts as contract
from jobs.gold.customer_behaviour import share
from jobs.money import total

AXES = contract.key


def customer_axes_counts(customer_axes: DataFrame) -> DataFrame:
    """Each combination that there is."""
    counts = customer_axes.groupBy(*AXES).agg(
        F.count("*").alias("customers"),
        total("spend").alias("spend"),
        F.count("lifetime_value").alias("customers_scored"),
        F.sum("lifetime_value").alias("lifetime_value"),
    )
    return counts.withColumn("lift", lift()).select(*(column.name for column in contract.columns))


def lift() -> Column:
    """Their share of all, beside the product of the shares of each axis."""
    every = F.sum("customers").over(Window.partitionBy())
    alone = (share(F.sum("customers").over(Window.partitionBy(axis)), every) for axis in AXES)
    return share(F.col("customers"), every) / reduce(lambda one, other: one * other, alone)
