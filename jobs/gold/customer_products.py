"""``gold.customer_products``: what each customer bought, product by product."""

from datetime import date, timedelta

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

HISTORY = timedelta(days=730)


def customer_products(sales_baskets: DataFrame, customers: DataFrame, as_of: date) -> DataFrame:
    """By all of a customer's accounts; guests' baskets are nobody's."""
    on = F.col("ordered_on")
    seen = sales_baskets.where((on <= F.lit(as_of)) & (on > F.lit(as_of - HISTORY)))
    bought = seen.join(customers.select("account_id", "customer_id"), "account_id")
    days = bought.select("customer_id", F.explode("products").alias("product_id"), "ordered_on").distinct()
    return days.groupBy("customer_id", "product_id").agg(
        F.count("*").alias("product_days"),
        F.min("ordered_on").alias("first_bought_on"),
        F.max("ordered_on").alias("last_bought_on"),
    )
