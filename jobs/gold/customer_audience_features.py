"""``gold.customer_audience_features``: what look-alikes are found by, and who is in which audience."""

from datetime import date
from functools import reduce

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from expectations.audiences import AUDIENCES, Audience
from expectations.gold.customer_audience_features import customer_audience_features as contract
from expectations.tags import TAGS
from jobs.gold.customer_360 import of_channels, of_consents
from jobs.gold.customer_behaviour import share, with_zeros

RULES = {tag.name: tag.rule for tag in TAGS}
ARRAYS = ("audiences", "categories", "category_days")
TRAITS = [column for column in contract.columns if column.name not in ARRAYS]


def customer_audience_features(
    customer_rfm: DataFrame,
    customer_behaviour: DataFrame,
    customer_lifecycle: DataFrame,
    customer_channels: DataFrame,
    customer_engagement: DataFrame,
    customer_preferences: DataFrame,
    account_department_days: DataFrame,
    customers: DataFrame,
    campaign_targets: DataFrame,
    redemptions: DataFrame,
    consents: DataFrame,
    audience_members: DataFrame,
    as_of: date,
) -> DataFrame:
    """One row per customer. A list adds its accounts to the audience of its name."""
    whose = customers.select("account_id", "customer_id")
    targeted, redeemed, listed = (
        frame.join(whose, "account_id").groupBy("customer_id")
        for frame in (campaign_targets, redemptions, audience_members)
    )
    parts = [
        customer_rfm.drop("orders", "spend"),
        customer_behaviour,
        customer_lifecycle.select("customer_id", "stage"),
        of_channels(customer_channels),
        customer_engagement,
        customer_preferences,
        of_consents(whose, consents, as_of),
        targeted.agg(F.count_distinct("campaign_id").alias("campaigns_received")),
        redeemed.agg(F.count("*").alias("coupons_redeemed")),
        listed.agg(F.collect_set("audience").alias("lists")),
        of_categories(account_department_days.join(whose, "account_id")),
    ]
    every = whose.select("customer_id").distinct()
    joined = reduce(lambda left, right: left.join(right, "customer_id", "left"), parts, every)
    rest = {
        "is_prospect": F.coalesce(F.col("orders") == 0, F.lit(True)),
        "mean_days_between_orders": share("days_active", "repeat_days"),
    }
    known = joined.withColumns(rest).select("lists", "bought", *with_zeros(TRAITS))
    valid = [audience for audience in AUDIENCES if audience.valid_from <= as_of]
    by_rule = F.array_compact(F.array(*(F.when(has_all(of), F.lit(of.name)) for of in valid)).cast("array<string>"))
    bought = F.coalesce("bought", F.array().cast("array<struct<category: string, days: int>>"))
    arrays = {
        "audiences": F.array_sort(F.array_union(by_rule, F.coalesce("lists", F.array().cast("array<string>")))),
        "categories": bought["category"],
        "category_days": bought["days"],
    }
    return known.withColumns(arrays).select(*(column.name for column in contract.columns))


def of_categories(days: DataFrame) -> DataFrame:
    """On how many days each category was bought, sorted by name."""
    each = days.select("customer_id", "ordered_on", F.explode("categories").alias("category"))
    many = each.groupBy("customer_id", "category").agg(F.count_distinct("ordered_on").cast("int").alias("days"))
    found = F.array_sort(F.collect_list(F.struct("category", "days")))
    return many.groupBy("customer_id").agg(found.alias("bought"))


def has_all(audience: Audience) -> Column:
    """All its tags, by their rules; one that is null is not."""
    return F.expr(" and ".join(f"({RULES[tag]})" for tag in audience.tags))
