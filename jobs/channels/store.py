"""The store tills: an article stands once on a receipt, money is in USD, timestamps are UTC.

What comes back is on a receipt of its own, its units and money below nothing."""

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from jobs.channels import LINEAGE, sale_or_return


def order_lines(store_sales: DataFrame) -> DataFrame:
    return store_sales.select(
        F.col("basket_id").alias("order_id"),
        F.col("product_id").alias("line_id"),
        sale_or_return("sales_value").alias("kind"),
        "product_id",
        account_id().alias("account_id"),
        "store_id",
        F.col("transaction_timestamp").alias("ordered_at"),
        "quantity",
        F.col("sales_value").alias("sales"),
        F.lit("USD").alias("currency"),
        F.col("retail_disc").alias("card_discount"),
        F.col("coupon_disc").alias("coupon_discount"),
        F.col("coupon_match_disc").alias("coupon_match"),
        *LINEAGE,
    )


def orders(store_sales: DataFrame) -> DataFrame:
    return store_sales.select(
        F.col("basket_id").alias("order_id"),
        account_id().alias("account_id"),
        "store_id",
        F.col("transaction_timestamp").alias("ordered_at"),
        "payment_card",
        *LINEAGE,
    )


def account_id() -> Column:
    """By the loyalty card; who shows none is known by what paid, until identity links the two. Cash is a guest's."""
    return F.coalesce("card_id", F.concat(F.lit("pay:"), "payment_card"))


def products(store_products: DataFrame) -> DataFrame:
    return store_products.select(
        "product_id",
        "manufacturer_id",
        "department",
        F.col("product_category").alias("category"),
        "product_type",
        (F.col("brand") == "Private").alias("is_private_label"),
        "package_size",
        *LINEAGE,
    )


def redemptions(store_redemptions: DataFrame) -> DataFrame:
    return store_redemptions.select(
        F.col("card_id").alias("account_id"),
        "coupon_upc",
        "campaign_id",
        F.col("redemption_date").alias("redeemed_on"),
        *LINEAGE,
    )
