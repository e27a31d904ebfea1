"""What the gate can know of staged rows without reading them again: the counts taken while they were written, where the
files hold as many rows. What is true of the table as a whole is always asked of the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from expectations.contract import Table
from expectations.suite import COUNTED, ROWS, of_channel
from jobs.gate.staging import Staged
from jobs.lake import files
from jobs.lake.delta import Known
from jobs.lake.report import Counts, Delivery

MOST = 1_000_000  # rows; more are read


def can_be_trusted(staged: Staged) -> bool:
    """The files hold as many rows as were counted, and not very many."""
    return staged.rows <= MOST and staged.rows == staged.counted


def counted(table: Table, staged: Staged, totals: Iterable[str], channels: list[str]) -> pd.DataFrame:
    """A line for each thing that the table's suite asks."""
    found = {**of_rows(table, staged.counts, channels), **_of_table(table, staged, list(totals))}
    return pd.DataFrame([(*what, count) for what, count in found.items()], columns=COUNTED)


def of_rows(table: Table, every: Mapping[Delivery, Counts], channels: list[str]) -> dict[tuple[str, str], int]:
    """Rows of each channel, and those that break each rule."""
    found = {}
    for channel in channels:
        of, within = [c for d, c in every.items() if d.channel == channel], of_channel(channel, channels)
        found[ROWS, within] = sum(counts.delivered for counts in of)
        for rule in table.rules:
            found[rule.sql, within] = sum(counts.broken.get(rule.name, 0) for counts in of)
    return found


def _of_table(table: Table, staged: Staged, totals: list[str]) -> dict[tuple[str, str], int]:
    rows = Known(table, files.paths(staged.folder))
    held = rows.sums(totals) if totals else ()
    found = {(total, "true"): int(holds is True) for total, holds in zip(totals, held, strict=True)}
    if table.write != "delivery":
        found[", ".join(table.key), "true"] = rows.repeated()
    return found
