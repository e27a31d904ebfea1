"""Measure the house and write ``benchmarks/RESULTS.md``: `make bench`, about an hour, or some parts of it.

python -m benchmarks.run                    all of it
python -m benchmarks.run models             one part; the others' sections stay
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import tempfile
from pathlib import Path

from benchmarks import (
    at_size,
    baskets,
    history,
    identity,
    marginal,
    models,
    nights,
    readers,
    risk,
    rivals,
    scoring,
    sql,
    texts,
    who_they_are,
)

RESULTS = Path(__file__).with_name("RESULTS.md")
PARTS = {
    "models": ("Models (seconds, unless said)", lambda _: models.clv() | models.segments()),
    "scoring": ("Scoring 200,000 customers (seconds, unless said)", scoring.scoring),
    "who": ("Who they are, of 200,000 customers (seconds, unless said)", who_they_are.who),
    "risk": ("Who abuses something, of 100,000 (shares, unless said)", risk.found),
    "nights": ("Nights (seconds)", nights.nights),
    "segments": ("Segments and their rivals (shares, unless said)", rivals.rivals),
    "baskets": ("What is bought together, in a million baskets", baskets.baskets),
    "landing": ("Landing files (seconds)", readers.readers),
    "identity": ("Who is who (shares, unless said)", identity.worlds),
    "identity at size": ("Who is who among 200,000 accounts (shares, unless said)", at_size.at_size),
    "texts": ("What is taken out of texts (per cent)", lambda _: texts.texts()),
    "history": ("A night as history grows (seconds)", history.one_night),
    "growth": ("A full load as the rows grow (seconds)", history.growth),
    "marginal": ("One more table (seconds)", marginal.marginal_table),
    "sql": ("SQL (DuckDB)", lambda folder: sql.questions(folder / "lake")),
}


def section(title: str, found: dict[str, float]) -> str:
    lines = "\n".join(f"| {name} | {_shown(value)} |" for name, value in found.items())
    print(lines, flush=True)
    return f"## {title}\n\n| | |\n|---|---|\n{lines}\n"


def _shown(value: float) -> str:
    return f"{value:,.{0 if value > 1_000 else 2 if value > 1 else 4}f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "parts", nargs="*", metavar="part", help=f"{', '.join(PARTS)}; segments, baskets, sql and landing need nights"
    )
    asked = parser.parse_args().parts or list(PARTS)
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    head = (
        f"# What it costs\n\nWritten by `make bench`; wall time, on {machine}; one run each, of nights as history "
        "grows the quicker of two.\nThe same machine is not as fast every day: what the peers took in the same run "
        "tells.\n"
    )
    before = re.split(r"^(?=## )", RESULTS.read_text() if RESULTS.is_file() else "", flags=re.MULTILINE)[1:]
    told = {text.splitlines()[0].removeprefix("## "): text.rstrip() + "\n" for text in before}
    with tempfile.TemporaryDirectory() as folder:
        for title, measure in (PARTS[part] for part in asked):
            told[title] = section(title, measure(Path(folder)))
    RESULTS.write_text("\n".join([head, *(told[title] for title, _ in PARTS.values() if title in told)]))
    print(RESULTS.read_text())


if __name__ == "__main__":
    main()
