"""``gold.customer_lookalikes``: who is most like the members of an audience, and not in it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from expectations.audiences import FEWEST
from expectations.gold.customer_lookalikes import customer_lookalikes as contract
from jobs.models.scoring import Champion
from jobs.models.traits import NEEDS

MOST = 1_000  # of an audience, which tells enough of whom to write to
MADE = [column for column in contract.columns if column.name != "place"]


def customer_lookalikes(customer_traits: DataFrame, lookalikes: Champion) -> DataFrame:
    """By the champion of the night, of tonight's members. Who allows no profiling is neither: places have no gaps."""
    allowed = customer_traits.where("coalesce(allows_profiling, true)").select(*NEEDS)

    def lists(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            if len(batch):
                yield from listed(batch, lookalikes)

    scored = allowed.mapInPandas(lists, ", ".join(f"{column.name} {column.type}" for column in MADE))
    each = allowed.select(F.explode("audiences").alias("audience"))
    members = each.groupBy("audience").agg(F.count("*").alias("members")).where(F.col("members") >= FEWEST)
    first = Window.partitionBy("audience").orderBy(F.desc("similarity"), "customer_id")
    placed = scored.join(members, "audience").withColumn("place", F.row_number().over(first).cast("long"))
    best = placed.where(F.col("place") <= F.least("members", F.lit(MOST)))
    return best.select(*(column.name for column in contract.columns))


def listed(customers: pd.DataFrame, champion: Champion) -> Iterator[pd.DataFrame]:
    """Of each audience the best of a batch who are not in it: more than its list holds are never explained."""
    for audience, log_odds in champion.model.log_odds(customers).items():
        is_out = np.array([audience not in of for of in customers["audiences"]])
        best = np.lexsort((customers["customer_id"], -log_odds))
        rows = customers.iloc[best[is_out[best]][:MOST]].assign(audience=audience)
        if len(rows):
            found = champion.model.predict(rows)
            yield rows.assign(**found, model_version=champion.version)[[column.name for column in MADE]]
