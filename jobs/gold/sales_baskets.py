"""``gold.sales_baskets``: what was bought together."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F


def sales_baskets(sales_by_order: DataFrame) -> DataFrame:
    """What an order sold in all departments."""
    sold = sales_by_order.where("kind = 'sale'").groupBy("channel", "order_id", "ordered_on")
    return sold.agg(
        F.max("account_id").alias("account_id"),
        F.sum("lines").alias("lines"),
        F.sort_array(F.array_distinct(F.flatten(F.collect_list("products")))).alias("products"),
    ).select("channel", "order_id", "account_id", "ordered_on", "lines", "products")
