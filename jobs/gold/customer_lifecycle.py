"""``gold.customer_lifecycle``: where each customer stands, by their own rhythm."""

from datetime import date, timedelta

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from expectations.gold.customer_lifecycle import customer_lifecycle as contract

BEFORE, WINDOW = timedelta(days=28), 56  # days
USUAL, LEAST, MOST, UNKNOWN, LOST = 4, 42, 180, 56, 3  # how many gaps, between how many days, customers are given
RHYTHM = 3  # order days before which there is none
CHANCE = 1.96  # standard deviations
WORTH = {"prospect": 0, "lost": 0, "sleeping": 1, "declining": 2, "new": 3, "mature": 3, "won back": 3, "growing": 4}


def customer_lifecycle(customer_days: DataFrame, customers: DataFrame, as_of: date) -> DataFrame:
    """One row per customer; both stages are told by what is known at ``as_of``."""
    by_day = Window.partitionBy("customer_id").orderBy("ordered_on")
    gap = F.datediff("ordered_on", F.lag("ordered_on").over(by_day))
    bought = customer_days.where("orders > 0").select("customer_id", "ordered_on", gap.alias("gap"))
    days = {"now": as_of, "then": as_of - BEFORE}
    told = bought.groupBy("customer_id").agg(*(history(day).alias(name) for name, day in days.items()))
    every = customers.select("customer_id").distinct().join(told, "customer_id", "left")
    for name in days:
        every = every.withColumn(name, with_patience(F.col(name)))
    stages = every.withColumns({"stage": stage("now"), "stage_28d_ago": stage("then"), "why": why("now")})
    return stages.withColumn("move", move()).select(*(column.name for column in contract.columns))


def history(day: date) -> Column:
    """What there was to be seen of a customer at the end of ``day``."""
    on, gap = F.col("ordered_on"), F.col("gap")
    is_past, since = on <= F.lit(day), F.lit(day - timedelta(days=WINDOW))
    is_late = is_past & (on > since) & gap.isNotNull()
    return F.struct(
        F.count_if(is_past).alias("order_days"),
        F.datediff(F.lit(day), F.max(F.when(is_past, on))).alias("away"),
        F.datediff(F.lit(day), F.min(F.when(is_past, on))).alias("age"),
        F.median(F.when(is_past, gap)).alias("usual"),
        F.count_if(is_late).alias("lately"),
        F.count_if((on <= since) & gap.isNotNull()).alias("earlier"),
        F.max(F.when(is_late, gap)).alias("was_away"),
        F.datediff(F.lit(day), F.max_by(F.when(is_late, on), F.when(is_late, gap))).alias("came_back"),
    )


def with_patience(seen: Column) -> Column:
    """How many days a customer is given, and how many deviations their last days lie from their earlier ones, which are
    as many as there are days since the first order, but for the last (Przyborowski and Wilenski 1940)."""
    by_rhythm = F.greatest(F.least(USUAL * seen["usual"], F.lit(MOST)), F.lit(LEAST))
    given = F.when(seen["order_days"] < RHYTHM, UNKNOWN).otherwise(by_rhythm)
    part, many = F.try_divide(F.lit(WINDOW), seen["age"]), seen["lately"] + seen["earlier"]
    deviation = F.try_divide(seen["lately"] - many * part, F.sqrt(many * part * (1 - part)))
    return seen.withField("patience", given).withField("change", F.when(seen["age"] > WINDOW, deviation))


def stage(name: str) -> Column:
    """The first of these that is true."""
    seen = F.col(name)
    return (
        F.when(F.coalesce(seen["order_days"], F.lit(0)) == 0, "prospect")
        .when(seen["away"] > LOST * seen["patience"], "lost")
        .when(seen["away"] > seen["patience"], "sleeping")
        .when(seen["was_away"] > seen["patience"], "won back")
        .when(seen["age"] < WINDOW, "new")
        .when(seen["change"] > CHANCE, "growing")
        .when(seen["change"] < -CHANCE, "declining")
        .otherwise("mature")
    )


def why(name: str) -> Column:
    """The stage's reason, in words."""
    seen, of = F.col(name), F.col("stage")
    away, usual = seen["away"], F.round(seen["usual"]).cast("int")
    rhythm = F.when(usual.isNull(), F.lit("")).otherwise(F.format_string("; usually comes every %d days", usual))
    earlier = F.coalesce(F.try_divide(seen["earlier"] * WINDOW, seen["age"] - WINDOW), F.lit(0.0))
    lately = F.format_string("bought on %d of the last 56 days, before on %.1f of as many", seen["lately"], earlier)
    return (
        F.when(of == "prospect", "never bought")
        .when(of.isin("lost", "sleeping"), F.concat(F.format_string("away for %d days", away), rhythm))
        .when(
            of == "won back",
            F.format_string("came back %d days ago, after %d days", seen["came_back"], seen["was_away"]),
        )
        .when(of == "new", F.format_string("first order %d days ago", seen["age"]))
        .otherwise(lately)
    )


def move() -> Column:
    worth = F.create_map(*(F.lit(part) for pair in WORTH.items() for part in pair))
    change = worth[F.col("stage")] - worth[F.col("stage_28d_ago")]
    is_same = F.col("stage") == F.col("stage_28d_ago")
    return F.when(is_same, "none").when(change > 0, "up").when(change < 0, "down").otherwise("on")
