"""``gold.customer_features``: what models know of a customer."""

from datetime import date, timedelta

from pyspark.sql import Column, DataFrame, Window, WindowSpec
from pyspark.sql import functions as F

from expectations.gold.customer_features import customer_features as contract
from jobs.gold.customer_behaviour import share
from jobs.gold.sales_by_order import DISCOUNTS
from jobs.money import total

WINDOWS, HALF_LIVES = (14, 28, 56, 90, 180), (30, 120)  # days
DIGITS = 6  # sums of doubles differ in their last bits with the order of the rows, and trees with them


def customer_features(customer_days: DataFrame, as_of: date) -> DataFrame:
    """One row per customer who bought by ``as_of``; nothing later is looked at."""
    bought_on = F.when(F.col("orders") > 0, F.col("ordered_on"))
    before = F.max(bought_on).over(_before())
    days = customer_days.where(F.col("ordered_on") <= F.lit(as_of)).withColumns(
        {"bought_on": bought_on, "gap": F.datediff(bought_on, before), "ago": F.datediff(F.lit(as_of), "ordered_on")}
    )
    sums = _history(as_of) | _windows(as_of) | _lately(as_of)
    found = days.groupBy("customer_id").agg(*(value.alias(name) for name, value in sums.items()))
    return found.where("days_observed is not null").select(*(column.name for column in contract.columns))


def _before() -> WindowSpec:
    by_day = Window.partitionBy("customer_id").orderBy("ordered_on")
    return by_day.rowsBetween(Window.unboundedPreceding, -1)


def _history(as_of: date) -> dict[str, Column]:
    first, last, repeats = F.min("bought_on"), F.max("bought_on"), F.count("bought_on") - 1
    after_first = total(F.when(F.col("bought_on").isNotNull(), F.col("purchased"))) - F.min_by("purchased", "bought_on")
    value = F.greatest(F.round(after_first / F.nullif(repeats, F.lit(0)), 2), F.lit(0))
    return {
        "repeat_days": repeats,
        "days_active": F.datediff(last, first),
        "days_observed": F.datediff(F.lit(as_of), first),
        "repeat_spend": F.coalesce(value, F.lit(0)).cast("double"),
        "purchased": total("purchased").cast("double"),
        "returned": total("returned").cast("double"),
        "days_since_last_order": F.datediff(F.lit(as_of), last),
        "mean_gap": F.mean("gap"),
        "gap_deviation": F.when(F.count("gap") > 1, F.round(F.stddev_pop("gap"), DIGITS)),
        "median_gap": F.median("gap"),
        "gap_80": F.percentile("gap", 0.8),
        "mean_gap_last_5": _mean_of_last(5),
    }


def _mean_of_last(many: int) -> Column:
    """Of a customer's gaps."""
    gaps = F.collect_list(F.when(F.col("gap").isNotNull(), F.struct("bought_on", "gap")))
    last = F.slice(F.sort_array(gaps, asc=False), 1, many)
    return F.try_divide(F.aggregate(last, F.lit(0), lambda days, one: days + one["gap"]), F.size(last)).cast("double")


def _windows(as_of: date) -> dict[str, Column]:
    found = {}
    for days in WINDOWS:
        is_within = _is_within(as_of, days)
        found[f"order_days_{days}d"] = F.count_if(is_within & F.col("bought_on").isNotNull())
        found[f"spend_{days}d"] = F.coalesce(total(F.when(is_within, F.col("spend"))).cast("double"), F.lit(0.0))
    for days in HALF_LIVES:
        faded = F.when(F.col("bought_on").isNotNull(), F.pow(F.lit(0.5), F.col("ago") / days))
        found[f"order_days_half_life_{days}d"] = F.coalesce(F.round(F.sum(faded), DIGITS), F.lit(0.0))
    return found


def _lately(as_of: date) -> dict[str, Column]:
    is_within = _is_within(as_of, 90)
    is_bought = is_within & F.col("bought_on").isNotNull()
    discounts = sum((F.col(name) for name in DISCOUNTS), F.lit(0))
    undiscounted = F.col("purchased") + F.col("card_discount") + F.col("coupon_match")
    return {
        "lines_per_order_day_90d": share(F.sum(F.when(is_bought, F.col("lines"))), F.count_if(is_bought)),
        "discount_share_90d": share(total(F.when(is_within, discounts)), total(F.when(is_within, undiscounted))),
        "most_on_a_day_90d": F.max(F.when(is_within, F.col("purchased"))).cast("double"),
    }


def _is_within(as_of: date, days: int) -> Column:
    return F.col("ordered_on") > F.lit(as_of - timedelta(days=days))
