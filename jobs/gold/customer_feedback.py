"""``gold.customer_feedback``: what each customer told us."""

from datetime import date, timedelta

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from expectations.gold.customer_feedback import customer_feedback as contract
from expectations.gold.customer_texts import customer_texts as texts

LATELY, YEAR = timedelta(days=91), timedelta(days=365)
NEGATIVE = 0.5  # a sentiment below it


def customer_feedback(customer_texts: DataFrame, customer_sentiments: DataFrame, as_of: date) -> DataFrame:
    """One row per customer who wrote, or gave stars."""
    whose = customer_texts.where("customer_id is not null")
    written = with_sentiment(whose, customer_sentiments).withColumn("newest", F.struct("written_on", *texts.key))
    is_late, is_of_year = (F.col("written_on") > F.lit(as_of - days) for days in (LATELY, YEAR))
    is_ticket, complains = F.col("kind") == "ticket", is_of_year & is_complaint()
    is_last = F.when(F.col("sentiment").isNotNull(), F.col("newest"))
    told = written.groupBy("customer_id").agg(
        F.count("*").alias("texts"),
        F.count_if(~is_ticket).alias("reviews"),
        F.count_if(is_ticket).alias("tickets"),
        F.mean("stars").alias("mean_stars"),
        F.mean(F.when(is_late, F.col("sentiment"))).alias("mean_sentiment_91d"),
        F.mean("sentiment").alias("mean_sentiment_365d"),
        F.max_by("sentiment", is_last).alias("latest_sentiment"),
        F.max("written_on").alias("last_written_on"),
        needs_where(is_of_year).alias("needs"),
        needs_where(complains).alias("needs_complained"),
        F.flatten(F.collect_list(F.when(complains, F.transform("needs", of_text)))).alias("complaints"),
        F.count_if(complains).alias("complaints_365d"),
        F.count_if("is_open").alias("open_complaints"),
        F.min(F.when(F.col("is_open"), F.col("written_on"))).alias("open_since"),
        F.max_by(F.struct("kind", "stars", "sentiment", "needs"), "newest").alias("last"),
    )
    words = {"newest_complaints": newest(), "complaint": state(), "why": why()}
    return told.withColumns(words).select(*(column.name for column in contract.columns))


def with_sentiment(customer_texts: DataFrame, customer_sentiments: DataFrame) -> DataFrame:
    """Null where a text has none."""
    return customer_texts.join(customer_sentiments.select(*texts.key, "sentiment"), [*texts.key], "left")


def is_complaint() -> Column:
    """Stars say more than words do."""
    is_negative = F.coalesce(F.col("sentiment") < NEGATIVE, F.lit(False))
    return (F.col("kind") == "ticket") | (F.col("stars") < 3) | ((F.col("stars") == 3) & is_negative)


def needs_where(condition: Column) -> Column:
    """Aggregate: the needs of these texts, sorted."""
    return F.array_sort(F.array_distinct(F.flatten(F.collect_list(F.when(condition, F.col("needs"))))))


def of_text(need: Column) -> Column:
    return F.struct(need.alias("need"), "written_on", "kind")


def newest() -> Column:
    """Of each need that they complained of, in words."""

    def told(need: Column) -> Column:
        last = F.array_max(F.filter("complaints", lambda one: one["need"] == need))
        return F.concat(need, F.lit(", "), last["kind"], F.lit(" of "), last["written_on"].cast("string"))

    return F.transform("needs_complained", told)


def state() -> Column:
    return F.when(F.col("open_complaints") > 0, "open").when(F.col("tickets") > 0, "closed").otherwise("none")


def why() -> Column:
    """Of the newest text, and of what is open; nothing of the text itself."""
    last, is_negative = F.col("last"), F.col("last.sentiment") < NEGATIVE
    verb = F.when(last["kind"] == "ticket", "asked for help on").otherwise("wrote a review on")
    about = F.when(F.size(last["needs"]) > 0, F.concat(F.lit("about "), F.array_join(last["needs"], ", ")))
    stars = F.when(last["stars"] == 1, "1 star").otherwise(F.format_string("%d stars", last["stars"]))
    mood = F.when(is_negative, "sounds negative").when(~is_negative, "sounds positive")
    wrote = F.concat_ws(" ", verb, F.col("last_written_on").cast("string"), about)
    since = F.when(
        F.col("open_complaints") > 0, F.concat(F.lit("a complaint is open since "), F.col("open_since").cast("string"))
    )
    return F.concat_ws(", ", wrote, F.when(last["stars"].isNotNull(), stars), mood, since)
