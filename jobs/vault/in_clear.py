"""What tokens stand for, in the driver's memory: nothing of it is written, and no worker sees it. Jobs of tables whose
contract says ``opens`` are given it; which they are is a law (tests/test_laws.py)."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
from pyspark.sql import DataFrame

from expectations.shared import SAID
from jobs.vault import keys, opening


def in_clear(frame: DataFrame, lake: Path, folder: Path) -> pa.Table:
    """``frame`` as an Arrow table; where it has kinds and tokens, with a ``value`` for what is compared in clear.

    ``folder``: of the vault's keys, which nobody needs where nothing is to be opened.
    """
    rows = frame.toArrow()
    if not {"kind", "token"} <= {*rows.column_names}:
        return rows
    if not set(rows["kind"].unique().to_pylist()) & {*SAID}:
        return rows.append_column("value", pa.nulls(len(rows), pa.string()))
    values = opening.opened(lake, keys.load(folder), SAID, rows["token"].unique().to_pylist())
    return rows.join(values, ["kind", "token"], ["holds", "token"], "left outer").select([*rows.column_names, "value"])
