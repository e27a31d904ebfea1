"""``gold.customer_profiles``: who is alike in who they are and in how they buy."""

from pyspark.sql import DataFrame

from expectations.gold.customer_profiles import customer_profiles as contract
from jobs.models.scoring import Champion, scored


def customer_profiles(customer_profile_features: DataFrame, profiles: Champion) -> DataFrame:
    """Each customer's profile, by the champion of the night."""
    return scored(customer_profile_features, profiles, contract)
