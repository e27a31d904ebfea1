"""``gold.account_days``: what each account bought and brought back on each day."""

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from jobs.gold.sales_by_order import DISCOUNTS
from jobs.money import total


def account_days(sales_by_order: DataFrame) -> DataFrame:
    """Purchases, returns and net money. An order counts on the first day on which it sold something; what it brought
    back counts on the day on which that came."""
    is_sold = F.col("kind") == "sale"
    order = ["channel", "order_id", "account_id"]
    of_order = (
        sales_by_order.where("lines > 0")
        .groupBy(*order, "ordered_on")
        .agg(
            F.bool_or(is_sold).alias("is_sold"),
            F.sum(F.when(is_sold, F.col("lines")).otherwise(0)).alias("lines"),
            total("sales").alias("spend"),
            total(F.when(F.col("kind") != "return", F.col("sales")).otherwise(0)).alias("kept"),
            *(total(F.when(is_sold, F.col(name)).otherwise(0)).alias(name) for name in DISCOUNTS),
        )
    )
    first_sold = F.min(F.when(F.col("is_sold"), F.col("ordered_on"))).over(Window.partitionBy(*order))
    days = of_order.withColumn("sold_on", first_sold).groupBy("account_id", "ordered_on", "channel")
    purchased = total(F.when(F.col("sold_on").isNotNull(), F.col("kept")).otherwise(0))
    return days.agg(
        F.count_if(F.col("sold_on") == F.col("ordered_on")).alias("orders"),
        F.sum("lines").alias("lines"),
        purchased.alias("purchased"),
        (purchased - total("spend")).cast("decimal(18,2)").alias("returned"),
        *(total(name).alias(name) for name in ("spend", *DISCOUNTS)),
    )
