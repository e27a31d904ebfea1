"""Or on anybody's records, beside plain Splink on the same rows (its comparisons and blocking: benchmarks/plain.py);
neither is tuned to them.

    python -m benchmarks.identity --records people.csv --id record --truth person \\
      --columns given_name=first_name,surname=last_name,phone,email,postcode=zip,date_of_birth=dob

A CSV file has a row for each record. --truth is the column with a label, equal where the person is one; who has none is
compared and not judged. --columns says what the others hold, by words that are known here; what it does not name is
not read. Dates, telephone numbers and e-mail addresses may be written in any usual way.

Pairs: of those put together, how many are one person's (precision); of those that are, how many were found (recall).
B-cubed: the same of each record and those beside it, the mean over records. Ours has the limits of every night; plain
Splink is given the probability from which it joins that makes the F1 of its pairs best. Seconds are those of learning,
comparing and clustering; memory is the most that a process of its own held, with the packages that it needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from benchmarks.agreement import b_cubed, f1, pairwise
from benchmarks.plain import best, plain
from benchmarks.records import as_accounts, mapped, persons, read
from benchmarks.resolver import Told, resolved
from benchmarks.timing import alone


def measured(file: Path, number: str, truth: str, columns: str, regions: str) -> str:
    """A table for people. BadRecords, or the model's CannotFit, say what is wrong."""
    said, whose = persons(read(file), number, truth, mapped(columns), regions.split(","))
    return f"{len(said):,} records, {len(set(whose.values())):,} persons\n{table(beside(said, whose))}"


def beside(said: pd.DataFrame, truth: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """What ours and plain Splink are worth."""
    ours, *costs = alone(resolved, Told(as_accounts(said)))
    theirs, *costs_of_theirs = alone(plain, said)
    least, joined = best(theirs, truth)
    return {
        "ours": measures(ours.clusters, truth, *costs),
        f"plain Splink, from {least:g}": measures(joined, truth, *costs_of_theirs),
    }


def measures(found: Mapping[str, str], truth: Mapping[str, str], took: float, most: float) -> dict[str, float]:
    """How right clusters are; ``took``: seconds, ``most``: MB."""
    told = dict[str, float]()
    for name, of in {"pairs": pairwise(found, truth), "B-cubed": b_cubed(found, truth)}.items():
        told |= {f"{name}: precision": of[0], f"{name}: recall": of[1], f"{name}: F1": f1(of)}
    return told | {"seconds": took, "peak MB": most}


def table(found: Mapping[str, Mapping[str, float]]) -> str:
    """A line for each measure, a column for each of whom it is."""
    width = max(map(len, found)) + 3
    lines = [" " * 20 + "".join(f"{who:>{width}}" for who in found)]
    for what in next(iter(found.values())):
        digits = {"seconds": 1, "peak MB": 0}.get(what, 4)
        lines.append(f"{what:<20}" + "".join(f"{of[what]:>{width},.{digits}f}" for of in found.values()))
    return "\n".join(lines)
