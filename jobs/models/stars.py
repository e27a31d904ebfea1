"""Texts with the shop's own stars: what sentiment is learned from, and what it is judged by."""

from __future__ import annotations

from datetime import date

import pandas as pd
from pyspark.sql import functions as F

from jobs.models.examples import Known, gathered

KEY = ["channel", "kind", "text_id"]
MOST = 12_000  # texts of a training
LONG_AGO = date(1900, 1, 1)


def rated(known: Known, after: date, until: date, day: date, cut: date) -> pd.DataFrame:
    """Texts with stars for or against, written after one day and up to another, as known at ``day``; in the order of
    time, at most ``MOST``, the same ones each time. Three stars say neither. Where the answer to a ticket got few, its
    text is against; where it got many, the answer was good, and nothing is known of the text."""
    written, on, stars = known("gold.customer_texts", day, cut), F.col("written_on"), F.col("stars")
    is_good = F.when(stars > 3, 1.0).when((stars < 3) | (F.col("answer_stars") < 3), 0.0)
    some = written.where("language is not null").where((on > F.lit(after)) & (on <= F.lit(until)))
    told = some.withColumn("is_good", is_good).where("is_good is not null")
    few = told.orderBy(F.xxhash64(*KEY), *KEY).limit(MOST)
    return gathered(few.select(*KEY, "customer_id", "written_on", "language", "text", "is_good"), ["written_on", *KEY])


def reviewed(rows: pd.DataFrame) -> pd.DataFrame:
    """What it is judged by: stars for what the text is about."""
    return rows[rows["kind"] == "review"]
