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
import pyarrow as pa

from benchmarks.agreement import b_cubed, f1, pairwise
from benchmarks.plain import plain
from benchmarks.records import as_accounts, mapped, persons, read
from benchmarks.timing import alone
from jobs.identity import model
from jobs.identity.clusters import clusters
from jobs.identity.linking import links
from jobs.identity.prepared import prepare

Clusters = dict[str, str]


def resolved(said: pa.Table, paid: pa.Table | None = None) -> Clusters:
    """The cluster of each account, as a night would have it."""
    prepared = prepare(said, paid)
    found, _, _ = links(prepared, model.fit(prepared))
    return clusters(prepared["account_id"].unique().to_pylist(), found, [])[0]


def measured(file: Path, number: str, truth: str, columns: str, regions: str) -> str:
    """A table for people. BadRecords, or the model's CannotFit, say what is wrong."""
    said, whose = persons(read(file), number, truth, mapped(columns), regions.split(","))
    return f"{len(said):,} records, {len(set(whose.values())):,} persons\n{table(beside(said, whose))}"


def beside(said: pd.DataFrame, truth: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """What ours and plain Splink are worth; of plain Splink's thresholds the one with the best F1 of pairs, as only who
    knows the truth could choose it."""
    ours, *costs = alone(resolved, as_accounts(said))
    theirs, *costs_of_theirs = alone(plain, said)
    best = max(theirs, key=lambda least: f1(pairwise(theirs[least], truth)))
    return {
        "ours": _told(ours, truth, *costs),
        f"plain Splink, from {best:g}": _told(theirs[best], truth, *costs_of_theirs),
    }


def _told(found: Clusters, truth: Mapping[str, str], took: float, most: float) -> dict[str, float]:
    shares = {"pairs": pairwise(found, truth), "B-cubed": b_cubed(found, truth)}
    told = dict[str, float]()
    for name, of in shares.items():
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
