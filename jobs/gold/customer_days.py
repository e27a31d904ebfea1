"""``gold.customer_days``: the step that the customer tables share."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

MONEY = ("spend", "card_discount", "coupon_discount", "coupon_match")


def customer_days(orders: DataFrame, sales_by_order: DataFrame) -> DataFrame:
    """Orders, lines and money of each customer on each day."""
    heads = orders.groupBy("customer_id", "ordered_on").agg(F.count("*").alias("orders"))
    sales = sales_by_order.withColumnRenamed("sales", "spend").groupBy("customer_id", "ordered_on")
    sums = sales.agg(F.sum("lines").alias("lines"), *(F.sum(name).alias(name) for name in MONEY))
    days = heads.join(sums, ["customer_id", "ordered_on"], "left")
    return days.select(
        *("customer_id", "ordered_on", "orders"),
        F.coalesce("lines", F.lit(0)).alias("lines"),
        *(F.coalesce(name, F.lit(0)).cast("decimal(18,2)").alias(name) for name in MONEY),
    )
