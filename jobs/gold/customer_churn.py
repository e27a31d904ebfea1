"""``gold.customer_churn``: who is about to leave, and why."""

from datetime import date

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from expectations.gold.customer_churn import customer_churn as contract
from expectations.models.churn import churn as asked
from jobs.models.scoring import Champion, scored

LATE, QUIET = 2, 28  # times the gap that four in five are no longer than; days


def customer_churn(
    customer_features: DataFrame, customer_engagement: DataFrame, churn: Champion, as_of: date
) -> DataFrame:
    """Who bought of late, scored by the champion of the night, with the signs that a rule sees."""
    active = customer_features.where(asked.asks).join(customer_engagement, "customer_id", "left")
    signs = {
        "is_rhythm_broken": rhythm_broken(),
        "is_complaint_open": F.coalesce(F.col("open_tickets") > 0, F.lit(False)),
        "is_browsing_only": browsing_only(as_of),
    }
    many = sum((F.col(name).cast("int") for name in signs), F.lit(0))
    level = F.when(many > 1, "high").when(many == 1, "raised").otherwise("low")
    return scored(active.withColumns(signs).withColumn("rule_level", level), churn, contract)


def rhythm_broken() -> Column:
    """Away far longer than they mostly are, by their own gaps."""
    away = F.col("days_since_last_order")
    return F.coalesce(away > LATE * F.col("gap_80"), away > QUIET)


def browsing_only(as_of: date) -> Column:
    """Still looks, and buys no more."""
    since_seen = F.datediff(F.lit(as_of), "last_seen_on")
    is_quiet = F.col("days_since_last_order") >= QUIET
    return F.coalesce(is_quiet & (since_seen < F.col("days_since_last_order")), F.lit(False))
