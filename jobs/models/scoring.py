"""Score customers in Spark: they never come to the driver."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pyspark.sql import DataFrame

from expectations.contract import Table
from jobs.arrow import ddl


@dataclass(frozen=True)
class Champion:
    """What a scored table's job is given: the model, and the version that its rows shall carry."""

    version: int
    model: Any


def scored(customers: DataFrame, champion: Champion, table: Table) -> DataFrame:
    """``customer_id``, the model's inputs and what else the table shows -> the contract's columns, batch by batch.

    A pandas function, since Spark has no expression for the hypergeometric function, nor for the nearest neighbour.
    """
    names = [column.name for column in table.columns]

    def score(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            if len(batch):
                found = champion.model.predict(batch)
                yield batch.assign(**found, model_version=champion.version)[names]

    return customers.mapInPandas(score, ddl(table.columns))
