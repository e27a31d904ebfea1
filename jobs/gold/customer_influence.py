"""``gold.customer_influence``: who brings customers, how far that reaches, and whether they stay."""

from datetime import date, timedelta

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from expectations.gold.customer_influence import customer_influence as contract
from jobs.arrow import ddl
from jobs.gold.customer_behaviour import share
from jobs.models.referral_graph import MEASURED, NOBODY, measured

SPENT, WITHIN = 28, 90  # days


def customer_influence(referrals: DataFrame, customers: DataFrame, customer_days: DataFrame, as_of: date) -> DataFrame:
    """One row per customer named in a referral; the graph is small beside the days, and measured in numpy."""
    by_then = referrals.where(F.col("referred_on") <= F.lit(as_of))
    bought = with_month(first_orders(customer_days).join(newcomers(by_then, customers), "customer_id", "left"), as_of)
    pairs = between_customers(by_then, customers).join(bought, "customer_id", "left")
    of_pair = pairs.join(F.broadcast(others(bought)), "month", "left").select(
        "by",
        F.coalesce("customer_id", F.lit(NOBODY)).alias("came"),
        "accounts",
        F.unix_date("referred_on").alias("on"),
        F.coalesce(F.col("first_order_on") >= F.col("referred_on"), F.lit(True)).alias("is_new"),
        F.coalesce("is_again", F.lit(False)).alias("is_again"),
        "anyway",
        "others",
    )
    shape = ddl(MEASURED)
    found = of_pair.repartition(1).mapInArrow(measured, shape)  # a walk over all of it
    told = found.withColumn("bought_after_referral", share("bought_again", "compared")).withColumn("why", why())
    return told.select(*(column.name for column in contract.columns))


def between_customers(referrals: DataFrame, customers: DataFrame) -> DataFrame:
    """Who referred whom (``customer_id``; null where nobody knows the account), how many accounts, and when first."""
    by = customers.select("account_id", F.col("customer_id").alias("by"))
    came = customers.select(F.col("account_id").alias("referred_account_id"), "customer_id")
    named = referrals.join(by, "account_id").join(came, "referred_account_id", "left")
    return named.groupBy("by", "customer_id").agg(
        F.count("*").alias("accounts"), F.min("referred_on").alias("referred_on")
    )


def first_orders(customer_days: DataFrame) -> DataFrame:
    """Of who bought the first day, and whether they bought again when what one gets for coming is spent."""
    first = F.min("ordered_on").over(Window.partitionBy("customer_id"))
    days = customer_days.where("orders > 0").select("customer_id", "ordered_on", first.alias("first_order_on"))
    is_again = F.datediff("ordered_on", "first_order_on").between(SPENT + 1, WITHIN)
    return days.groupBy("customer_id", "first_order_on").agg(F.bool_or(is_again).alias("is_again"))


def newcomers(referrals: DataFrame, customers: DataFrame) -> DataFrame:
    """Who came after the lake's first days, of which nobody knows who was there before, with an account of a number
    space in which accounts are referred; and whether one of theirs was."""
    space = F.substring_index("account_id", ":", 1).alias("space")
    came = referrals.select(F.col("referred_account_id").alias("account_id"), F.lit(True).alias("is_referred"))
    spaces = came.select(space).distinct().withColumn("is_alike", F.lit(True))
    accounts = customers.select("account_id", "customer_id", "known_on", space)
    every = accounts.join(spaces, "space", "left").join(came, "account_id", "left").groupBy("customer_id")
    known = every.agg(
        F.min("known_on").alias("known_on"),
        F.bool_or("is_alike").alias("is_alike"),
        F.coalesce(F.bool_or("is_referred"), F.lit(False)).alias("is_referred"),
    )
    began = customers.agg(F.min("known_on").alias("began_on"))
    return known.crossJoin(began).where(F.datediff("known_on", "began_on") >= WITHIN).where("is_alike")


def with_month(bought: DataFrame, as_of: date) -> DataFrame:
    """That of a newcomer's first order, where the days after it have passed."""
    is_due = F.col("first_order_on") <= F.lit(as_of - timedelta(days=WITHIN))
    return bought.withColumn("month", F.when(is_due & F.col("is_alike"), F.trunc("first_order_on", "month")))


def others(bought: DataFrame) -> DataFrame:
    """How many came in a month whom nobody referred, and which share of them bought again."""
    of_month = bought.where("month is not null and not is_referred").groupBy("month")
    return of_month.agg(F.count("*").alias("others"), F.avg(F.col("is_again").cast("int")).alias("anyway"))


def why() -> Column:
    """What was measured, in words."""
    brought = F.format_string("brought %d, %d with theirs", "referred", "reach")
    again = F.format_string(
        "; %d of %d bought again 29 to 90 days after their first order, of others who came then %.0f %%",
        "bought_again",
        "compared",
        100 * F.col("bought_anyway"),
    )
    return (
        F.when((F.col("referred") > 0) & (F.col("compared") > 0), F.concat(brought, again))
        .when(F.col("referred") > 0, F.concat(brought, F.lit("; none of them can be compared yet")))
        .when(F.col("own_referrals") > 0, "brought nobody, but referred accounts of their own")
        .when(F.col("referrals") > 0, "brought nobody new")
        .otherwise("brought nobody")
    )
