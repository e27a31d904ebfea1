"""``gold.customer_sentiments``: whether a text praises or complains."""

from datetime import date, timedelta

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from expectations.gold.customer_sentiments import customer_sentiments as contract
from expectations.models.sentiment import sentiment as asked
from jobs.models.scoring import Champion, scored

WINDOW = timedelta(days=365)


def customer_sentiments(customer_texts: DataFrame, sentiment: Champion, as_of: date) -> DataFrame:
    """Of texts in words, scored by the champion of the night; older ones are asked for by nobody."""
    late = customer_texts.where("customer_id is not null").where(F.col("written_on") > F.lit(as_of - WINDOW))
    return scored(late.where(asked.asks), sentiment, contract)
