"""``gold.customer_risk_features``: what is unusual about a customer, in counts and money."""

from datetime import date, timedelta

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from expectations.gold.customer_risk_features import customer_risk_features as contract
from jobs.gold.customer_behaviour import with_zeros
from jobs.gold.customer_features import DIGITS
from jobs.models.unusual import UNUSUAL
from jobs.money import total

HISTORY, LATELY = timedelta(days=365), timedelta(days=90)
SHARED = {"address": "others_at_address", "payment_card": "others_on_card"}
RHYTHM, OF_OTHERS = 5, 10  # days before which nothing is usual; how many of them the others' spread weighs as
NORMAL = 0.6745  # deviations from the median of a normal to its upper quartile
LEAST_SPREAD = 0.1  # of logarithms: where all days cost the same a tenth more is nothing


def customer_risk_features(
    customer_days: DataFrame,
    customers: DataFrame,
    identifiers: DataFrame,
    redemptions: DataFrame,
    campaign_targets: DataFrame,
    as_of: date,
) -> DataFrame:
    """One row per customer who bought in the last 365 days; nothing later is looked at."""
    on = F.col("ordered_on")
    days = customer_days.where((on <= F.lit(as_of)) & (on > F.lit(as_of - HISTORY)))
    days = days.withColumn("is_late", on > F.lit(as_of - LATELY))
    whose = customers.select("account_id", "customer_id")
    used = redemptions.where(F.col("redeemed_on") <= F.lit(as_of)).join(whose, "account_id")
    parts = [
        of_accounts(whose),
        of_others(identifiers.join(whose, "account_id")),
        campaign_targets.join(whose, "account_id").groupBy("customer_id").agg(F.count("*").alias("campaigns")),
        used.groupBy("customer_id").agg(F.count("*").alias("redemptions")),
        of_unusual_days(days),
    ]
    found = of_days(days)
    for part in parts:
        found = found.join(part, "customer_id", "left")
    return found.select(*with_zeros(contract.columns))


def of_days(days: DataFrame) -> DataFrame:
    """Purchases, returns and coupons, in days and in money."""
    is_bought, late = F.col("orders") > 0, F.col("is_late")
    coupons = F.col("coupon_discount") + F.col("coupon_match")
    sums = {
        "order_days": F.count_if(is_bought),
        "return_days": F.count_if(F.col("returned") > 0),
        "coupon_days": F.count_if(is_bought & (coupons > 0)),
        "purchased": total("purchased"),
        "returned": total("returned"),
        "couponed": total(coupons),
        "order_days_90d": F.count_if(is_bought & late),
        "purchased_90d": total(F.when(late, F.col("purchased"))),
        "returned_90d": total(F.when(late, F.col("returned"))),
        "most_orders_on_a_day": F.max(F.when(late, F.col("orders"))),
    }
    found = days.groupBy("customer_id").agg(*(value.alias(name) for name, value in sums.items()))
    return found.where("order_days > 0")


def of_accounts(whose: DataFrame) -> DataFrame:
    """Most accounts in one number space: many doors are nothing unusual, many cards are."""
    spaces = whose.groupBy("customer_id", F.substring_index("account_id", ":", 1)).agg(F.count("*").alias("accounts"))
    return spaces.groupBy("customer_id").agg(F.max("accounts").alias("accounts"))


def of_others(identifiers: DataFrame) -> DataFrame:
    """How many other customers share an address or a payment card, by its token."""
    tokens = identifiers.where(F.col("kind").isin(*SHARED)).select("customer_id", "kind", "token").distinct()
    others = F.count("*").over(Window.partitionBy("kind", "token")) - 1
    shared = tokens.withColumn("others", others).groupBy("customer_id")
    return shared.agg(
        *(F.max(F.when(F.col("kind") == kind, F.col("others"))).alias(name) for kind, name in SHARED.items())
    )


def of_unusual_days(days: DataFrame) -> DataFrame:
    """Days of the last 90 that lie far above what the customer usually spends on one: the spread is that above the
    median, since many buy little and now and then much; with few days it is rather that of others."""
    logs = days.where("orders > 0 and purchased > 0").withColumn("log", F.ln("purchased"))
    usual = logs.groupBy("customer_id").agg(
        F.median("log").alias("usual"), F.percentile("log", 0.75).alias("high"), F.count("*").alias("n")
    )
    usual = usual.where(F.col("n") >= RHYTHM).withColumn("own", (F.col("high") - F.col("usual")) / NORMAL)
    every = usual.agg(F.median("own").alias("of_others"))
    found = logs.where("is_late").join(usual, "customer_id").crossJoin(F.broadcast(every))
    unusual = F.when(deviation() >= UNUSUAL, F.col("ordered_on"))
    return found.groupBy("customer_id").agg(
        F.greatest(F.max(deviation()), F.lit(0)).alias("largest_deviation"),
        F.max("purchased").cast("double").alias("largest_spend"),
        F.round(F.exp(F.max("usual")), 2).alias("usual_spend"),
        F.count(unusual).alias("unusual_days_90d"),
        F.max(unusual).alias("unusual_day_on"),
    )


def deviation() -> Column:
    """Of a day, in robust standard deviations of the logarithm of what is spent, rounded as others are."""
    spread = (F.col("n") * F.col("own") + OF_OTHERS * F.col("of_others")) / (F.col("n") + OF_OTHERS)
    return F.round((F.col("log") - F.col("usual")) / F.greatest(spread, F.lit(LEAST_SPREAD)), DIGITS)
