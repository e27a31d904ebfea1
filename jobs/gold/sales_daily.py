"""``gold.sales_daily``: sales by day, channel, store and department."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.money import total


def sales_daily(sales_by_order: DataFrame) -> DataFrame:
    """Lines whose product is unknown count in department UNKNOWN: their money is real."""
    without = F.when(F.col("kind") == "other", "OTHER").otherwise("UNKNOWN")
    money = {
        "sales": F.col("sales"),
        "returned": F.when(F.col("kind") == "return", -F.col("sales")),
        "guest_sales": F.when(F.col("account_id").isNull(), F.col("sales")),
        "card_discount": F.col("card_discount"),
        "coupon_discount": F.col("coupon_discount") + F.col("coupon_match"),
    }
    units = F.when(F.col("kind") != "other", F.col("quantity")).otherwise(0)
    lines = sales_by_order.where("lines > 0").withColumn("department", F.coalesce("department", without))
    return lines.groupBy("ordered_on", "channel", "store_id", "department").agg(
        F.count_if(F.col("kind") == "sale").alias("orders"),
        F.sum("lines").alias("lines"),
        F.sum(units).cast("decimal(18,3)").alias("quantity"),
        *(F.coalesce(total(of), F.lit(0)).alias(name) for name, of in money.items()),
    )
