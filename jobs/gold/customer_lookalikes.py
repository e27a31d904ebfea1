"""``gold.customer_lookalikes``: who is most like the members of an audience, and not in it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F
from scipy.special import expit

from expectations.audiences import FEWEST
from expectations.gold.customer_lookalikes import customer_lookalikes as contract
from jobs.models.scoring import Champion, scored
from jobs.models.traits import NEEDS

MOST = 1_000  # of an audience, which tells enough of whom to write to
DIGITS = 9  # in which who is alike is alike, in whatever batch
RANKED = "audience string, customer_id long, similarity double"


def customer_lookalikes(customer_audience_features: DataFrame, lookalikes: Champion) -> DataFrame:
    """By the champion of the night, of tonight's members. Who allows no profiling is neither: places have no gaps.
    Reasons are looked for of those alone who are in a list."""
    allowed = customer_audience_features.where("coalesce(allows_profiling, true)").select(*NEEDS)

    def ranks(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            if len(batch):
                yield from ranked(batch, lookalikes)

    each = allowed.select(F.explode("audiences").alias("audience")).groupBy("audience")
    members = each.agg(F.count("*").alias("members")).where(F.col("members") >= FEWEST)
    first = Window.partitionBy("audience").orderBy(F.desc("similarity"), "customer_id")
    placed = allowed.mapInPandas(ranks, RANKED).join(members, "audience")
    placed = placed.withColumn("place", F.row_number().over(first).cast("long"))
    best = placed.where(F.col("place") <= F.least("members", F.lit(MOST))).select("audience", "customer_id", "place")
    return scored(allowed.join(F.broadcast(best), "customer_id"), lookalikes, contract)


def ranked(customers: pd.DataFrame, champion: Champion) -> Iterator[pd.DataFrame]:
    """Of each audience those of a batch who are not in it; more than its list holds are in no list."""
    audiences = [{*of} for of in customers["audiences"]]
    for audience, log_odds in champion.model.log_odds(customers).items():
        is_out = np.array([audience not in of for of in audiences], bool)
        rows = pd.DataFrame({"customer_id": customers["customer_id"], "similarity": expit(log_odds).round(DIGITS)})[
            is_out
        ]
        best = rows.sort_values(["similarity", "customer_id"], ascending=[False, True]).head(MOST)
        yield best.assign(audience=audience)[["audience", "customer_id", "similarity"]]
