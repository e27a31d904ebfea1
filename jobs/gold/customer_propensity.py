"""``gold.customer_propensity``: in which department a customer will buy next."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from expectations.gold.customer_propensity import customer_propensity as contract
from jobs.models.scoring import Champion, scored


def customer_propensity(
    customer_department_features: DataFrame, customer_features: DataFrame, propensity: Champion
) -> DataFrame:
    """Each customer in each department, scored by the champion of the night."""
    known = customer_department_features.join(customer_features, "customer_id")
    return scored(known.withColumn("is_bought_56d", F.col("department_days_56d") > 0), propensity, contract)
