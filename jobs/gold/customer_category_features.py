"""``gold.customer_category_features``: the rhythm in which a customer buys a category.

Days are sorted and counted a partition at once, in numpy: Spark takes three times as long for so many small arrays.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from expectations.gold.customer_category_features import customer_category_features as contract
from jobs.arrow import ddl

FEWEST, HISTORY, LATELY, WINDOWS = 4, 730, 90, (56, 112)  # days
KEY = ("customer_id", "department", "category")
LATER = ("last_bought_on", "category_gap_of_all")  # added by Spark
RHYTHM = [column for column in contract.columns if column.name not in LATER]


def customer_category_features(account_department_days: DataFrame, customers: DataFrame, as_of: date) -> DataFrame:
    """Of what is bought again and again; a day in several channels, or by several accounts, is one."""
    on = F.col("ordered_on")
    seen = account_department_days.where((on <= F.lit(as_of)) & (on > F.lit(as_of - timedelta(days=HISTORY))))
    whose = customers.select("account_id", "customer_id")
    bought = seen.where("department is not null").join(whose, "account_id").repartition("customer_id")
    days = bought.select("customer_id", "department", "categories", F.datediff(F.lit(as_of), on).alias("ago"))
    shape = ddl(RHYTHM)
    alike = Window.partitionBy("department", "category")
    last, of_all = F.date_sub(F.lit(as_of), F.col("days_since_category")), F.median("category_gap").over(alike)
    found = days.mapInArrow(rhythms, shape).withColumns(dict(zip(LATER, (last, of_all), strict=True)))
    return found.select(*(column.name for column in contract.columns))


def rhythms(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Of ``customer_id``, ``department``, ``categories`` and days ``ago``, in which a customer is whole: a row for each
    category of ``FEWEST`` days or more, one of them within ``LATELY``."""
    came = list(batches)
    if not came:
        return
    rows = pa.Table.from_batches(came).combine_chunks()
    lists = rows["categories"].combine_chunks()
    each = rows.take(pc.list_parent_indices(lists))
    key = [_encoded(of) for of in (each["customer_id"], each["department"], pc.list_flatten(lists))]
    shape = [max(len(of.dictionary), 1) for of in key]
    pair, ago = _days([of.indices.to_numpy() for of in key], each["ago"].to_numpy(), shape)
    first, many = _runs(pair)
    is_often = (many >= FEWEST) & (ago[first] < LATELY)
    is_kept = np.repeat(is_often, many)
    codes = np.unravel_index(pair[first[is_often]], shape)
    names = {name: of.dictionary.take(pa.array(code)) for name, of, code in zip(KEY, key, codes, strict=True)}
    found = names | {name: pa.array(of) for name, of in _numbers(pair[is_kept], ago[is_kept]).items()}
    yield pa.RecordBatch.from_pydict({column.name: found[column.name] for column in RHYTHM})  # Spark goes by place


def _encoded(values: pa.ChunkedArray | pa.Array) -> pa.DictionaryArray:
    return (values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values).dictionary_encode()


def _days(codes: list[NDArray], ago: NDArray, shape: list[int]) -> tuple[NDArray, NDArray]:
    """A number for who and what, and each of its days once; sorted by both."""
    return np.divmod(np.unique(np.ravel_multi_index((*codes, ago), (*shape, HISTORY))), HISTORY)


def _runs(pair: NDArray) -> tuple[NDArray, NDArray]:
    """Where each pair begins, and how many rows it has."""
    first = np.flatnonzero(np.diff(pair, prepend=-1))
    return first, np.diff(first, append=len(pair))


def _numbers(pair: NDArray, ago: NDArray) -> dict[str, NDArray]:
    """Of sorted rows the columns of a rhythm."""
    first, many = _runs(pair)
    is_gap = np.diff(pair) == 0
    gaps = np.sort(pair[1:][is_gap] * HISTORY + np.diff(ago)[is_gap]) % HISTORY  # of each pair the shortest first
    start, gaps_of = first - np.arange(len(first)), many - 1
    mean, squares = (_sums(of, start) / gaps_of for of in (gaps, gaps**2))

    def percentile(part: float) -> NDArray:  # between two gaps, in proportion (Hyndman and Fan 1996, type 7)
        place = part * (gaps_of - 1)
        low, high = (gaps[start + at(place).astype(int)] for at in (np.floor, np.ceil))
        return low + (high - low) * (place % 1)

    windows = {days: _sums((ago < days).astype(np.int32), first) for days in WINDOWS}
    return {
        "category_days": many.astype(np.int32),
        "days_since_category": ago[first].astype(np.int32),
        **{f"category_days_{days}d": of for days, of in windows.items()},
        "category_gap": mean,
        "category_gap_deviation": np.sqrt(np.maximum(squares - mean**2, 0)),
        "category_gap_median": percentile(0.5),
        "category_gap_10": percentile(0.1),
        "category_gap_90": percentile(0.9),
    }


def _sums(of: NDArray, first: NDArray) -> NDArray:
    return np.add.reduceat(of, first, dtype=of.dtype) if len(first) else of[:0]
