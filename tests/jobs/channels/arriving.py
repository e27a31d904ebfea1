"""What a door makes of a file, from its bytes to the common shape; no lake."""

from datetime import date
from pathlib import Path

from pyspark.sql import Row, SparkSession

import expectations
from jobs.landing import listing
from jobs.landing.batches import batches
from jobs.night import wiring
from tests.conftest import empty

ZONE, NIGHT = "America/New_York", date(2017, 3, 20)


def arrived(spark: SparkSession, folder: Path, feed: str, table: str, *lines: str) -> list[Row]:
    """Rows of ``silver.<table>`` made from a file of these lines, in their order; personal values are in clear."""
    of = expectations.TABLES[f"bronze.{feed}"]
    path = folder / of.folder / f"{NIGHT}/part"
    path.parent.mkdir(parents=True)
    header = [of.delimiter.join(column.source for column in of.columns)] * (of.format == "csv")
    path.write_bytes("".join(f"{line}\n" for line in (*header, *lines)).encode(of.encoding))
    read = batches(listing.look(path, folder, of), of, ZONE)
    rows = [row for batch in read for row in batch.to_pylist()]
    assert [row["why"] for row in rows] == [None] * len(rows)
    shape = empty(spark, of).schema
    frame = spark.createDataFrame([{name: row[name] for name in shape.names} for row in rows], shape)
    return (
        wiring.make(expectations.TABLES[f"silver.{table}"], {of.name: frame}, NIGHT).orderBy("line", "item").collect()
    )
