"""Files -> typed rows, with a reason where they are broken.

Not Spark's CSV reader: under a schema it takes columns by position whatever the header says, and it knows no line
numbers. Python workers open the files themselves, so the landing zone is a folder that all nodes see, and a file need
not fit in memory.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pyspark.sql import DataFrame, SparkSession

from expectations.contract import Table
from jobs.arrow import ddl
from jobs.landing.batches import batches
from jobs.landing.listing import LandingFile
from jobs.landing.values import converters
from jobs.landing.whole_orders import only_whole
from jobs.vault.hiding import Hiding

if TYPE_CHECKING:
    import pyarrow as pa

TASKS_PER_CORE = 2  # files are of all sizes: whoever is done takes more


def read(
    spark: SparkSession,
    files: list[LandingFile],
    feed: Table,
    keys: Path,
    sealed: Path,
    names: Iterable[str] = (),
    former: Iterable[str] = (),
) -> DataFrame:
    """All records of ``files``, read or not: the feed's columns as stored, tokens in place of personal values.

    ``keys``: folder of the vault's keys; ``sealed``: where the tasks leave the values for the vault; ``names``:
    files of the names that the vault knows, which are looked for in texts; ``former``: of the tokens of earlier keys,
    which are looked for in accounts that people wrote down.
    """
    zone = spark.conf.get("spark.sql.session.timeZone") or "UTC"
    converters(feed, zone)  # a contract that cannot be read by is told here, not by a worker
    known, earlier = tuple(names) if feed.holds_texts else (), tuple(former)
    parts, repeated = _spread(files, spark.sparkContext.defaultParallelism * TASKS_PER_CORE), _repeated(files)

    def rows(numbers: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        hiding = Hiding(keys, sealed, known, earlier) if feed.needs_keys else None
        gc.disable()  # records are lists and no cycles: looking for some took a third of the time
        for number in numbers:
            for part in number.column(0).to_pylist():
                for file in parts[part]:
                    yield from batches(file, feed, zone, file.name in repeated, hiding)
        if hiding:
            hiding.leave()
        gc.enable()

    schema = ddl(feed.stored)
    found = spark.range(0, len(parts), 1, len(parts)).mapInArrow(rows, schema)
    return only_whole(found, feed) if feed.whole else found


def _spread(files: list[LandingFile], most: int) -> list[list[LandingFile]]:
    """Files in parts of about the same size, the biggest first."""
    parts: list[list[LandingFile]] = [[] for _ in range(max(1, min(most, len(files))))]
    sizes = [0] * len(parts)
    for file in sorted(files, key=lambda file: -file.size):
        least = sizes.index(min(sizes))
        parts[least].append(file)
        sizes[least] += file.size
    return parts


def _repeated(files: list[LandingFile]) -> set[str]:
    """Files with the same content as another of their night; the first by name is the one that counts."""
    first: dict[tuple[object, str], str] = {}
    for file in sorted(files, key=lambda file: file.name):
        first.setdefault((file.night, file.fingerprint), file.name)
    return {file.name for file in files} - set(first.values())
