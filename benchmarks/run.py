"""Measure the house and write ``benchmarks/RESULTS.md``: `make bench`, about twenty minutes."""

from __future__ import annotations

import os
import platform
import tempfile
from pathlib import Path

from benchmarks import models, nights, readers, sql

RESULTS = Path(__file__).with_name("RESULTS.md")


def table(title: str, found: dict[str, float]) -> str:
    lines = "\n".join(f"| {name} | {value:,.{0 if value > 10_000 else 2}f} |" for name, value in found.items())
    print(lines, flush=True)
    return f"\n## {title}\n\n| | |\n|---|---|\n{lines}\n"


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        told = [table("Models (seconds, unless said)", models.clv() | models.segments())]
        told.append(table("Nights (seconds)", nights.nights(folder)))
        told.append(table("Landing files (seconds)", readers.readers(folder)))
        told.append(table("SQL (DuckDB)", sql.questions(folder / "lake")))
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    head = f"# What it costs\n\nWritten by `make bench`; wall time, on {machine}; nights are one run each.\n"
    RESULTS.write_text(head + "".join(told))
    print(RESULTS.read_text())


if __name__ == "__main__":
    main()
