"""``gold.sales_daily``: sales by day, store and department."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F


def sales_daily(order_lines: DataFrame, products: DataFrame) -> DataFrame:
    """Lines whose product is unknown count in department UNKNOWN: their money is real."""
    departments = F.broadcast(products.select("product_id", "department"))
    lines = order_lines.join(departments, "product_id", "left").fillna("UNKNOWN", ["department"])
    place = ("ordered_on", "store_id", "department")
    sums = ("lines", "quantity", "sales", "card_discount", "coupon_discount")
    of_orders = lines.groupBy(*place, "channel", "order_id").agg(
        F.count("*").alias("lines"),
        F.sum("quantity").alias("quantity"),
        F.sum("sales").alias("sales"),
        F.sum("card_discount").alias("card_discount"),
        F.sum(F.col("coupon_discount") + F.col("coupon_match")).alias("coupon_discount"),
    )
    of_places = of_orders.groupBy(*place).agg(F.count("*").alias("orders"), *(F.sum(s).alias(s) for s in sums))
    money = (F.col(name).cast("decimal(18,2)").alias(name) for name in sums[2:])
    return of_places.select(*place, "orders", *sums[:2], *money)
