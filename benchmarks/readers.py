"""The reader of landing files beside Spark's CSV reader: the same files, the same session, in turns."""

from __future__ import annotations

import statistics
from datetime import date
from pathlib import Path

import expectations
from benchmarks.timing import seconds
from jobs.landing import listing, reading
from jobs.session import Settings, keys_folder, spark

FEED = expectations.TABLES["bronze.store_sales"]


def readers(folder: Path, rounds: int = 3) -> dict[str, float]:
    """Medians of reading the year's sales into typed rows, ours and Spark's CSV reader in turns."""
    session = spark(Settings(landing=folder / "landing"))
    found = listing.nights(folder / "landing", FEED, date(2017, 12, 31))
    files = [listing.look(path, folder / "landing", FEED) for paths in found.values() for path in paths]
    schema = ", ".join(f"{column.name} {column.type}" for column in FEED.columns)

    def ours() -> None:
        rows = reading.read(session, files, FEED, keys_folder(), folder / "sealed")
        rows.write.format("noop").mode("overwrite").save()

    def peer() -> None:
        reader = session.read.schema(schema).option("header", "true")
        reader.csv([str(file.path) for file in files]).write.format("noop").mode("overwrite").save()

    ours()
    peer()
    pairs = [(seconds(ours), seconds(peer)) for _ in range(rounds)]
    return {
        "1.47 M landing lines, our reader (file, line and reason of each)": statistics.median(p[0] for p in pairs),
        "the same files, Spark's CSV reader (the peer)": statistics.median(p[1] for p in pairs),
    }
