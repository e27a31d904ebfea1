"""``gold.customer_profile_features``: who customers are and how they buy, in numbers and words."""

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from expectations.gold.customer_profile_features import customer_profile_features as contract
from jobs.gold.customer_360 import of_members
from jobs.gold.customer_behaviour import with_zeros

OLDER, MIDDLE, OLDEST = 55, 35, 120  # years, of the middle of a band; above the last it is no age
NO_CHILDREN = r"(?i)\b(no|without|0)\b[^,;]*\b(kid|child)|无孩|没有孩|無孩"
CHILDREN = r"(?i)kid|child|孩|子女"


def customer_profile_features(
    customer_behaviour: DataFrame, customer_preferences: DataFrame, customers: DataFrame, members: DataFrame
) -> DataFrame:
    """One row per customer who ordered; of most shops' customers the member file says little."""
    told = of_members(members.join(customers.select("account_id", "customer_id"), "account_id"))
    liked = customer_preferences.select(
        "customer_id",
        F.col("preferred_channel").alias("channel"),
        F.col("preferred_daypart").alias("daypart"),
        "promotion_ratio",
    )
    who = told.select("customer_id", age_group().alias("age_group"), household().alias("household"))
    bought = customer_behaviour.where("orders > 0").withColumnRenamed("favourite_department", "department")
    joined = bought.join(liked, "customer_id", "left").join(who, "customer_id", "left")
    return joined.select(*with_zeros(contract.columns))


def age_group() -> Column:
    """By the middle of the band, however it is written: 25-34, 25 to 34, 65+."""
    years = F.transform(F.regexp_extract_all("age_band", F.lit(r"(\d+)"), 1), lambda of: of.cast("int"))
    middle = F.try_divide(F.array_min(years) + F.array_max(years), F.lit(2))
    young = F.when(middle < MIDDLE, "young")
    return young.when(middle < OLDER, "middle-aged").when(middle <= OLDEST, "older")


def household() -> Column:
    """Children first; then how many they are, and where that is not known, whether they are married."""
    composition, size = F.col("household_composition"), first_number("household_size")
    are_none = (first_number("kids_count") == 0) | composition.rlike(NO_CHILDREN)
    are_some = (first_number("kids_count") > 0) | (composition.rlike(CHILDREN) & ~composition.rlike(NO_CHILDREN))
    has_children = F.coalesce(are_some & F.coalesce(~are_none, F.lit(True)), F.lit(False))
    by_size = F.when(size == 1, "single").when(size == 2, "couple").when(size > 2, "adults")
    by_marriage = F.when(F.col("marital_status") == "Married", "couple")
    return F.when(has_children, "family").otherwise(F.coalesce(by_size, by_marriage))


def first_number(name: str) -> Column:
    """Of a text such as 5+ or 3 or more; null where there is none."""
    return F.regexp_extract(name, r"(\d+)", 1).try_cast("int")
