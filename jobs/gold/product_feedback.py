"""``gold.product_feedback``: what customers think of products and departments."""

from datetime import date, timedelta

import pandas as pd
from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F
from scipy.stats import fisher_exact

from expectations.gold.product_feedback import product_feedback as contract
from jobs.gold.customer_behaviour import share
from jobs.gold.customer_feedback import is_complaint, with_sentiment

WINDOW, LEVEL = timedelta(days=91), 0.05
COUNTS = ("negative_91d", "reviews_91d", "negative_91d_before", "reviews_91d_before")


def product_feedback(customer_texts: DataFrame, customer_sentiments: DataFrame, as_of: date) -> DataFrame:
    """A row per department, and per product; a ticket is about an order, and so of no product."""
    reviews = with_sentiment(customer_texts.where("kind = 'review'"), customer_sentiments)
    each = reviews.withColumn("is_negative", is_complaint())
    nothing = F.lit(None).cast("string")
    of_department = each.withColumns({"level": F.lit("department"), "product_id": nothing})
    of_product = each.withColumn("level", F.lit("product")).where("product_id is not null")
    counted = of_department.unionByName(of_product).groupBy("level", "department", "product_id").agg(*counts(as_of))
    change = share("negative_91d", "reviews_91d") - share("negative_91d_before", "reviews_91d_before")
    tested = counted.withColumns({"negative_share_change": change, "p_value": p_value()})
    told = tested.withColumns({"is_changed": is_beyond_chance(), "needs_complained": by_count("needs_told")})
    return told.withColumn("why", why()).select(*(column.name for column in contract.columns))


def counts(as_of: date) -> list[Column]:
    on, since, before = F.col("written_on"), F.lit(as_of - WINDOW), F.lit(as_of - 2 * WINDOW)
    found = [
        F.count("*").alias("reviews"),
        F.mean("stars").alias("mean_stars"),
        F.mean(F.col("is_negative").cast("double")).alias("negative_share"),
        F.mean("sentiment").alias("mean_sentiment_365d"),
        F.flatten(F.collect_list(F.when(F.col("is_negative"), F.col("needs")))).alias("needs_told"),
    ]
    for name, is_there in (("91d", on > since), ("91d_before", (on > before) & (on <= since))):
        found += [
            F.count_if(is_there).alias(f"reviews_{name}"),
            F.count_if(is_there & F.col("is_negative")).alias(f"negative_{name}"),
            F.mean(F.when(is_there, F.col("stars"))).alias(f"mean_stars_{name}"),
        ]
    return found


def p_value() -> Column:
    """A pandas function, since Spark knows no hypergeometric distribution."""
    return F.pandas_udf(fisher, "double")(*COUNTS)  # type: ignore[call-overload]


def fisher(bad: pd.Series, every: pd.Series, bad_before: pd.Series, every_before: pd.Series) -> pd.Series:
    """Two-sided, of Fisher's exact test (Fisher 1922); nothing where one of the two has no review."""
    rows = zip(bad, every, bad_before, every_before, strict=True)
    return pd.Series(
        [fisher_exact([[b, n - b], [c, m - c]]).pvalue if n and m else None for b, n, c, m in rows], dtype=float
    )


def is_beyond_chance() -> Column:
    """Of all changes of a level that are said to be none of chance, one in twenty is."""
    of_level = Window.partitionBy("level")
    rank = F.row_number().over(of_level.orderBy(F.asc_nulls_last("p_value"), "department", "product_id"))
    raised = F.col("p_value") * F.count("p_value").over(of_level) / rank
    larger = of_level.orderBy(F.desc_nulls_last("p_value"))
    return F.col("p_value").isNotNull() & F.coalesce(F.min(raised).over(larger) <= LEVEL, F.lit(False))


def by_count(name: str) -> Column:
    """What an array holds, once each, the most frequent first."""
    many = F.transform(
        F.array_distinct(name),
        lambda one: F.struct(-F.size(F.filter(name, lambda other: other == one)), one.alias("one")),
    )
    return F.transform(F.sort_array(many), lambda pair: pair["one"])


def why() -> Column:
    now = F.format_string("%d of %d reviews negative in 91 days", "negative_91d", "reviews_91d")
    before = F.format_string("%d of %d before", "negative_91d_before", "reviews_91d_before")
    chance = F.when(F.col("is_changed"), F.format_string("beyond chance (p %.2g)", "p_value"))
    nothing = F.when(F.col("p_value").isNotNull(), F.lit("no more than chance")).otherwise("nothing to compare")
    return F.concat(F.concat_ws(", ", now, before), F.lit(": "), F.coalesce(chance, nothing))
