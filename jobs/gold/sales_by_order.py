"""``gold.sales_by_order``: the one step that reads every order line."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

MONEY = ("sales", "private_label_sales", "card_discount", "coupon_discount", "coupon_match")


def sales_by_order(order_lines: DataFrame, products: DataFrame) -> DataFrame:
    """Lines of unknown products stay, without a department: their money is real."""
    known = F.broadcast(products.select("product_id", "department", "is_private_label"))
    own = F.when(F.col("is_private_label"), F.col("sales")).otherwise(0)
    lines = order_lines.join(known, "product_id", "left").withColumn("private_label_sales", own)
    key = ("channel", "order_id", "customer_id", "store_id", "ordered_on", "department")
    return lines.groupBy(*key).agg(
        F.count("*").alias("lines"),
        F.sum("quantity").alias("quantity"),
        *(F.sum(name).cast("decimal(18,2)").alias(name) for name in MONEY),
    )
