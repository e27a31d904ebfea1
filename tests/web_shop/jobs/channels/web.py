"""The web shop: lines have no number of their own, returns negative units; postage and discounts stand as articles."""

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from jobs.channels import LINEAGE, line_id, to_money

NO_ARTICLES = ("web:POST", "web:M", "web:D")


def order_lines(web_sales: DataFrame) -> DataFrame:
    is_article = ~F.col("article_id").isin(*NO_ARTICLES)
    return web_sales.select(
        F.col("invoice_id").alias("order_id"),
        line_id().alias("line_id"),
        F.when(~is_article, "other").when(F.col("quantity") < 0, "return").otherwise("sale").alias("kind"),
        F.when(is_article, F.col("article_id")).alias("product_id"),
        F.col("customer_number").alias("account_id"),
        no_store(),
        F.col("invoiced_at").alias("ordered_at"),
        "quantity",
        to_money(F.col("quantity") * F.col("unit_price")).alias("sales"),
        "currency",
        *(to_money(F.lit(0)).alias(name) for name in ("card_discount", "coupon_discount", "coupon_match")),
        *LINEAGE,
    )


def orders(web_sales: DataFrame) -> DataFrame:
    return web_sales.select(
        F.col("invoice_id").alias("order_id"),
        F.col("customer_number").alias("account_id"),
        no_store(),
        F.col("invoiced_at").alias("ordered_at"),
        *LINEAGE,
    )


def products(web_products: DataFrame) -> DataFrame:
    return web_products.select(
        F.col("article_id").alias("product_id"),
        F.lit(None).cast("string").alias("manufacturer_id"),
        F.col("category").alias("department"),
        F.lit(None).cast("string").alias("category"),
        F.lit(None).cast("string").alias("product_type"),
        F.lit(False).alias("is_private_label"),
        F.lit(None).cast("string").alias("package_size"),
        *LINEAGE,
    )


def no_store() -> Column:
    return F.lit(None).cast("string").alias("store_id")
