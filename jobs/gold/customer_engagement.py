"""``gold.customer_engagement``: what customers do beside buying."""

from datetime import date, timedelta
from functools import reduce

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from expectations.gold.customer_engagement import customer_engagement as contract
from jobs.gold.customer_behaviour import with_zeros

WINDOW = timedelta(days=91)
OF_EVENTS = ("views_91d", "searches_91d", "carts_91d", "carts_left_91d")


def customer_engagement(
    events: DataFrame,
    tickets: DataFrame,
    reviews: DataFrame,
    account_days: DataFrame,
    customers: DataFrame,
    as_of: date,
) -> DataFrame:
    """One row per customer who did something of it."""
    whose = customers.select("account_id", "customer_id")
    of_events = in_channels(events, account_days, as_of).join(whose, "account_id").groupBy("customer_id")
    of_tickets = tickets.join(whose, "account_id").groupBy("customer_id")
    of_reviews = reviews.join(whose, "account_id").groupBy("customer_id")
    parts = [
        of_events.agg(*(F.sum(name).alias(name) for name in OF_EVENTS), F.max("last_seen_on").alias("last_seen_on")),
        of_tickets.agg(
            F.count("*").alias("tickets"),
            F.count_if(F.col("closed_at").isNull()).alias("open_tickets"),
            F.mean("satisfaction").alias("mean_satisfaction"),
        ),
        of_reviews.agg(F.count("*").alias("reviews"), F.mean("stars").alias("mean_stars")),
    ]
    joined = reduce(lambda one, other: one.join(other, "customer_id", "full"), parts)
    return joined.select(*with_zeros(contract.columns))


def in_channels(events: DataFrame, account_days: DataFrame, as_of: date) -> DataFrame:
    """What an account looked at, searched and put into carts; a cart is left where its account orders nothing in that
    channel on the day or the next."""
    first = F.lit(as_of - WINDOW)
    late = events.where(F.col("happened_on") > first)
    sessions = late.groupBy("account_id", "channel", "session_id").agg(
        F.count_if(F.col("event_type") == "view").alias("views"),
        F.count_if(F.col("event_type") == "search").alias("searches"),
        F.max(F.when(F.col("event_type") == "cart", F.col("happened_on"))).alias("cart_on"),
        F.max("happened_on").alias("seen_on"),
    )
    bought = account_days.where("orders > 0").where(F.col("ordered_on") > first)
    bought = bought.select(F.col("account_id").alias("buyer"), F.col("channel").alias("where"), "ordered_on")
    is_ordered = (
        (F.col("account_id") == F.col("buyer"))
        & (F.col("channel") == F.col("where"))
        & F.datediff("ordered_on", "cart_on").between(0, 1)
    )
    left = sessions.join(bought, is_ordered, "leftanti").select("account_id", F.col("cart_on").alias("left_on"))
    return (
        sessions.groupBy("account_id")
        .agg(
            F.sum("views").alias("views_91d"),
            F.sum("searches").alias("searches_91d"),
            F.count("cart_on").alias("carts_91d"),
            F.max("seen_on").alias("last_seen_on"),
        )
        .join(left.groupBy("account_id").agg(F.count("left_on").alias("carts_left_91d")), "account_id", "left")
    )
