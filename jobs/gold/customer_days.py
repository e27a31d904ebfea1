"""``gold.customer_days``: the step that the customer tables share."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F


def customer_days(orders: DataFrame, order_lines: DataFrame) -> DataFrame:
    """Orders, lines and money of each customer on each day."""
    heads = orders.groupBy("customer_id", "ordered_on").agg(F.count("*").alias("orders"))
    sums = order_lines.groupBy("customer_id", "ordered_on").agg(
        F.count("*").alias("lines"),
        F.sum("sales").alias("spend"),
        F.sum("card_discount").alias("card_discount"),
        F.sum("coupon_discount").alias("coupon_discount"),
        F.sum("coupon_match").alias("coupon_match"),
    )
    days = heads.join(sums, ["customer_id", "ordered_on"], "left")
    money = ("spend", "card_discount", "coupon_discount", "coupon_match")
    return days.select(
        *("customer_id", "ordered_on", "orders"),
        F.coalesce("lines", F.lit(0)).cast("long").alias("lines"),
        *(F.coalesce(name, F.lit(0)).cast("decimal(18,2)").alias(name) for name in money),
    )
