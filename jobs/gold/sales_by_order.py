"""``gold.sales_by_order``: the one step that reads every order line."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.money import total

DISCOUNTS = ("card_discount", "coupon_discount", "coupon_match")
MONEY = ("sales", "private_label_sales", *DISCOUNTS)
ORDER = ["channel", "order_id"]


def sales_by_order(order_lines: DataFrame, orders: DataFrame, products: DataFrame) -> DataFrame:
    """Lines of unknown products stay, without a department; lines without a head and heads without lines stay too.

    Who, where and when are the line's own, else the head's. What comes back on another day is that day's.
    """
    known = F.broadcast(products.select("product_id", "department", "category", "is_private_label"))
    own = F.when(F.col("is_private_label"), F.col("sales")).otherwise(0)
    lines = order_lines.join(known, "product_id", "left").withColumn("private_label_sales", own)
    sums = lines.groupBy(*ORDER, "kind", "department", "ordered_on").agg(
        F.max("account_id").alias("account_id"),
        F.max("store_id").alias("store_id"),
        F.min("ordered_at").alias("ordered_at"),
        F.min("delivered_on").alias("delivered_on"),
        F.count("*").alias("lines"),
        F.count_if(F.greatest(*DISCOUNTS) > 0).alias("discounted_lines"),
        F.sum("quantity").alias("quantity"),
        *(total(name).alias(name) for name in MONEY),
        *(
            F.sort_array(F.collect_set(of)).cast("array<string>").alias(name)
            for of, name in (("category", "categories"), ("product_id", "products"))
        ),
    )
    heads = orders.select(
        *ORDER, *(F.col(name).alias(f"head_{name}") for name in ("account_id", "store_id", "ordered_at", "ordered_on"))
    ).withColumn("has_head", F.lit(True))
    return sums.join(heads, ORDER, "full").select(
        *ORDER,
        "kind",
        "department",
        *(F.coalesce(name, f"head_{name}").alias(name) for name in ("account_id", "store_id", "ordered_at")),
        F.coalesce("ordered_on", "head_ordered_on", "delivered_on").alias("ordered_on"),
        F.col("ordered_on").isNotNull().alias("is_dated"),
        F.coalesce("has_head", F.lit(False)).alias("has_head"),
        *(F.coalesce(name, F.lit(0)).alias(name) for name in ("lines", "discounted_lines")),
        F.coalesce("quantity", F.lit(0)).cast("decimal(18,3)").alias("quantity"),
        *(F.coalesce(name, F.lit(0)).alias(name) for name in MONEY),
        "categories",
        "products",
    )
