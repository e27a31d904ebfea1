"""``gold.customer_days``: the step that the customer tables share."""

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

DISCOUNTS = ("card_discount", "coupon_discount", "coupon_match")


def customer_days(sales_by_order: DataFrame, customers: DataFrame) -> DataFrame:
    """Purchases, returns and net money of each customer on each day; guests are nobody's. An order counts on the first
    day on which it sold something; what it brought back counts on the day on which that came."""
    is_sold = F.col("kind") == "sale"
    order = ["channel", "order_id", "account_id"]
    orders = sales_by_order.where("lines > 0 and account_id is not null").groupBy(*order, "ordered_on")
    of_order = orders.agg(
        F.bool_or(is_sold).alias("is_sold"),
        F.sum(F.when(is_sold, F.col("lines")).otherwise(0)).alias("lines"),
        F.sum("sales").alias("spend"),
        F.sum(F.when(F.col("kind") != "return", F.col("sales")).otherwise(0)).alias("kept"),
        *(F.sum(F.when(is_sold, F.col(name)).otherwise(0)).alias(name) for name in DISCOUNTS),
    )
    first_sold = F.min(F.when(F.col("is_sold"), F.col("ordered_on"))).over(Window.partitionBy(*order))
    of_order = of_order.withColumn("sold_on", first_sold)
    days = of_order.join(customers.select("account_id", "customer_id"), "account_id").groupBy(
        "customer_id", "ordered_on"
    )
    purchased = F.sum(F.when(F.col("sold_on").isNotNull(), F.col("kept")).otherwise(0))
    return days.agg(
        F.count_if(F.col("sold_on") == F.col("ordered_on")).alias("orders"),
        F.sum("lines").alias("lines"),
        purchased.cast("decimal(18,2)").alias("purchased"),
        (purchased - F.sum("spend")).cast("decimal(18,2)").alias("returned"),
        *(F.sum(name).cast("decimal(18,2)").alias(name) for name in ("spend", *DISCOUNTS)),
    )
