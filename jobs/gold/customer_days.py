"""``gold.customer_days``: the step that the customer tables share."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.money import total

MONEY = ("purchased", "returned", "spend", "card_discount", "coupon_discount", "coupon_match")


def customer_days(account_days: DataFrame, customers: DataFrame) -> DataFrame:
    """The days of a customer's accounts, in all channels; guests are nobody's."""
    whose = customers.select("account_id", "customer_id")
    return (
        account_days.join(whose, "account_id")
        .groupBy("customer_id", "ordered_on")
        .agg(
            F.sum("orders").alias("orders"),
            F.sum("lines").alias("lines"),
            *(total(name).alias(name) for name in MONEY),
        )
    )
