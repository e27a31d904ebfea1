"""The web shop: lines have no number of their own, returns negative units; postage and discounts stand as articles."""

from pyspark.sql import DataFrame
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
        F.col("invoiced_at").alias("ordered_at"),
        "quantity",
        to_money(F.col("quantity") * F.col("unit_price")).alias("sales"),
        "currency",
        *LINEAGE,
    )


def orders(web_sales: DataFrame) -> DataFrame:
    return web_sales.select(
        F.col("invoice_id").alias("order_id"),
        F.col("customer_number").alias("account_id"),
        F.col("invoiced_at").alias("ordered_at"),
        *LINEAGE,
    )


def products(web_products: DataFrame) -> DataFrame:
    return web_products.select(
        F.col("article_id").alias("product_id"),
        F.col("article_name").alias("product_name"),
        F.col("category").alias("department"),
        *LINEAGE,
    )
