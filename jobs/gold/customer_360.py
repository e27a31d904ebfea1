"""``gold.customer_360``: who they are, how and when they buy, what they buy, what they are worth."""

from datetime import date, timedelta
from functools import reduce

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from expectations.gold.customer_360 import customer_360 as contract

MONEY = "decimal(18,2)"


def customer_360(
    customer_days: DataFrame,
    customer_rfm: DataFrame,
    order_lines: DataFrame,
    orders: DataFrame,
    products: DataFrame,
    members: DataFrame,
    campaign_targets: DataFrame,
    redemptions: DataFrame,
    as_of: date,
) -> DataFrame:
    """One row per customer with an order or a membership; counts are 0 where nothing was bought, shares null."""
    lineage = ("file", "line", "delivered_on")
    who = members.drop(*lineage).withColumn("is_member", F.lit(True))
    rfm = customer_rfm.select(
        *("customer_id", "first_order_on", "last_order_on", "days_since_last_order", "days_active", "repeat_days"),
        *("recency_quintile", "frequency_quintile", "monetary_quintile", "tier"),
    )
    known = rfm.select("customer_id").union(who.select("customer_id")).distinct()
    parts = [
        who,
        rfm,
        of_days(customer_days, as_of),
        of_orders(orders),
        of_lines(order_lines, products),
        campaign_targets.groupBy("customer_id").agg(F.count_distinct("campaign_id").alias("campaigns_received")),
        redemptions.groupBy("customer_id").agg(
            F.count("*").alias("coupons_redeemed"), F.max("redeemed_on").alias("last_redeemed_on")
        ),
    ]
    joined = reduce(lambda left, right: left.join(right, "customer_id", "left"), parts, known)
    per_order = (F.col("spend") / F.nullif("orders", F.lit(0))).cast(MONEY)
    rest = {
        "is_member": F.coalesce("is_member", F.lit(False)),
        "mean_days_between_orders": share("days_active", "repeat_days"),
        "lines_per_order": share("lines", "orders"),
        "spend_per_order": per_order,
    }
    full = joined.withColumns(rest)
    return full.select(*(from_nothing(full, column.name, column.required) for column in contract.columns))


def from_nothing(frame: DataFrame, name: str, is_required: bool) -> Column:
    """A count or sum of nothing is 0."""
    column = next(column for column in contract.columns if column.name == name)
    zero = F.lit(0).cast(column.type) if column.type not in ("boolean", "string", "date") else None
    value = frame[name].cast(column.type)
    return (F.coalesce(value, zero) if is_required and zero is not None else value).alias(name)


def share(part: str | Column, whole: str | Column) -> Column:
    """A ratio as a double, null where there is no whole."""
    part, whole = (F.col(x) if isinstance(x, str) else x for x in (part, whole))
    return part.cast("double") / F.nullif(whole.cast("double"), F.lit(0.0))


def of_days(customer_days: DataFrame, as_of: date) -> DataFrame:
    """Orders and money, so far and in the last 28 and 91 days, ``as_of`` included."""
    sums = {"orders": F.sum("orders"), "order_days": F.count("*"), "spend": F.sum("spend"), "lines": F.sum("lines")}
    for days in (28, 91):
        is_within = F.col("ordered_on") > F.lit(as_of - timedelta(days=days))
        for name in ("orders", "spend"):
            sums[f"{name}_{days}d"] = F.sum(F.when(is_within, F.col(name)))
    card, coupon, match = (F.sum(name) for name in ("card_discount", "coupon_discount", "coupon_match"))
    sums |= {"card_discount": card, "coupon_discount": coupon + match}
    sums["discount_share"] = share(card + coupon + match, sums["spend"] + card + match)
    return customer_days.groupBy("customer_id").agg(*(value.alias(name) for name, value in sums.items()))


def of_orders(orders: DataFrame) -> DataFrame:
    """When and where the customer orders; the hour is local."""
    hour, weekday = F.hour("ordered_at"), F.weekday("ordered_on")
    counts = {"here": F.count("*"), "weekend": F.count_if(weekday >= 5)}
    counts |= {"morning": F.count_if(hour < 12), "evening": F.count_if(hour >= 17)}
    at_stores = orders.groupBy("customer_id", "store_id").agg(*(value.alias(name) for name, value in counts.items()))
    every = F.sum("here")
    return at_stores.groupBy("customer_id").agg(
        *(share(F.sum(when), every).alias(f"{when}_order_share") for when in ("weekend", "morning", "evening")),
        F.count("*").alias("stores"),
        favourite("store_id", "here").alias("favourite_store_id"),
        share(F.max("here"), every).alias("favourite_store_share"),
    )


def of_lines(order_lines: DataFrame, products: DataFrame) -> DataFrame:
    """What the customer buys, summed by department first."""
    known = F.broadcast(products.select("product_id", "department", "is_private_label"))
    own, sales = F.when(F.col("is_private_label"), F.col("sales")), F.col("sales")
    by_department = (
        order_lines.join(known, "product_id", "left")
        .groupBy("customer_id", "department")
        .agg(F.sum(own).alias("own"), F.sum(sales).alias("sales"))
        .withColumn("named_sales", F.when(F.col("department").isNotNull(), sales))
    )
    return by_department.groupBy("customer_id").agg(
        F.count("department").alias("departments"),
        favourite("department", "named_sales").alias("favourite_department"),
        share(F.max("named_sales"), F.sum("named_sales")).alias("favourite_department_share"),
        share(F.coalesce(F.sum("own"), F.lit(0)), F.sum("sales")).alias("private_label_share"),
    )


def favourite(what: str, amount: str) -> Column:
    """The ``what`` with most ``amount``; the lowest wins a tie, a null amount never wins."""
    return F.min_by(what, F.when(F.col(amount).isNotNull(), F.struct(-F.col(amount), F.col(what))))
