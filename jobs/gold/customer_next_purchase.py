"""``gold.customer_next_purchase``: when a customer will buy a category again."""

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from expectations.gold.customer_next_purchase import customer_next_purchase as contract
from jobs.models.scoring import Champion, scored


def customer_next_purchase(
    customer_category_features: DataFrame, customer_features: DataFrame, next_purchase: Champion
) -> DataFrame:
    """Each customer in each category that they buy again and again, scored by the champion of the night."""
    known = customer_category_features.join(customer_features, "customer_id")
    return scored(known.withColumn("why", why()), next_purchase, contract)


def why() -> Column:
    usual, since = F.round("category_gap_median").cast("int"), F.col("days_since_category")
    rhythm = F.when(usual == 1, "usually every day").otherwise(F.format_string("usually every %d days", usual))
    last = F.when(since == 1, "1 day ago").when(since == 0, "today").otherwise(F.format_string("%d days ago", since))
    lately = F.format_string("on %d of the last 56 days", "category_days_56d")
    return F.concat_ws(", ", rhythm, F.concat(F.lit("last "), last), lately)
