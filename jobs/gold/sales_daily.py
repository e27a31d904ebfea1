"""``gold.sales_daily``: sales by day, store and department."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F


def sales_daily(sales_by_order: DataFrame) -> DataFrame:
    """Lines whose product is unknown count in department UNKNOWN: their money is real."""
    coupons = F.col("coupon_discount") + F.col("coupon_match")
    return (
        sales_by_order.fillna("UNKNOWN", ["department"])
        .groupBy("ordered_on", "store_id", "department")
        .agg(
            F.count("*").alias("orders"),
            F.sum("lines").alias("lines"),
            F.sum("quantity").alias("quantity"),
            F.sum("sales").cast("decimal(18,2)").alias("sales"),
            F.sum("card_discount").cast("decimal(18,2)").alias("card_discount"),
            F.sum(coupons).cast("decimal(18,2)").alias("coupon_discount"),
        )
    )
