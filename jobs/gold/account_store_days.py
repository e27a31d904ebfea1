"""``gold.account_store_days``: where and when each account orders."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F


def account_store_days(sales_by_order: DataFrame) -> DataFrame:
    """An order counts once, on the first day on which it sold something; the hour is local."""
    orders = (
        sales_by_order.where("kind = 'sale'")
        .groupBy("account_id", "channel", "order_id")
        .agg(
            F.max("store_id").alias("store_id"),
            F.min("ordered_at").alias("ordered_at"),
            F.min("ordered_on").alias("ordered_on"),
        )
    )
    hour = F.hour("ordered_at")
    return orders.groupBy("account_id", "ordered_on", "channel", "store_id").agg(
        F.count("*").alias("orders"),
        F.count("ordered_at").alias("timed"),
        F.sort_array(F.collect_list(hour)).cast("array<int>").alias("hours"),
        F.count_if(hour < 12).alias("morning"),
        F.count_if(hour >= 17).alias("evening"),
    )
