"""A feed of a shop that nobody knows, and its files read as a Spark worker reads them."""

from __future__ import annotations

from pathlib import Path

from expectations.contract import Column, Table
from jobs.landing import listing
from jobs.landing.batches import batches
from tests.conftest import DAY

ZONE = "America/New_York"
TEXTS = (Column("a", "string", "A text."), Column("b", "string", "Another."))


def feed(*columns: Column, **words) -> Table:
    named = {"description": "", "grain": "", "owner": "", "key": ("file", "line", "item"), "write": "delivery"}
    return Table("bronze.web_sales", columns=columns or TEXTS, channel="web", delivers="changes", **named | words)


def deliver(landing: Path, content: str | bytes, name: str = "part.csv") -> Path:
    path = landing / "web/sales" / DAY.isoformat() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(landing: Path, content: str | bytes, of: Table, name: str = "part.csv") -> list[dict]:
    """All rows of one file; what they cover must be the file, whatever is in it."""
    file = listing.look(deliver(landing, content, name), landing, of)
    rows = [row for batch in batches(file, of, ZONE) for row in batch.to_pylist()]
    assert sum(row["lines"] for row in rows) == (file.lines or bool(file.fault))
    return rows
