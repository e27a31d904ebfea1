"""Consent by purpose (GDPR Art. 6(1)(a) and 7; PIPL Art. 13 to 15): what models and actions ask before they look."""

from __future__ import annotations

from datetime import date

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F


def allowing(purpose: str, customers: DataFrame, consents: DataFrame, as_of: date) -> DataFrame:
    """``customer_id`` of the customers who allow ``purpose`` at the end of ``as_of``.

    Of each account its newest record by then counts; what is withdrawn does not from its day on. Of several accounts
    of a customer the strictest counts. Who has no record allows nothing.
    """
    newest_first = Window.partitionBy("account_id").orderBy(F.desc("given_on"), F.asc_nulls_last("withdrawn_on"))
    by_then = consents.where(F.col("purpose") == purpose).where(F.col("given_on") <= F.lit(as_of))
    newest = by_then.withColumn("place", F.row_number().over(newest_first)).where("place = 1")
    is_given = F.col("withdrawn_on").isNull() | (F.col("withdrawn_on") > F.lit(as_of))
    every = newest.join(customers, "account_id").groupBy("customer_id").agg(F.bool_and(is_given).alias("is_given"))
    return every.where("is_given").select("customer_id")
