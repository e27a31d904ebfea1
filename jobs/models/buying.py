"""How customers buy, in numbers that can be compared: how much and how, and what."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from jobs.arrays import Floats

LONG_TAILED = ("orders", "orders_91d", "spend", "spend_91d", "lines_per_order")  # their logarithm is used
MIX = ("department_names", "department_shares")  # of gold.customer_department_mix
ZERO = 0.01  # share that stands in for none, which has no logarithm


def how(customers: pd.DataFrame, names: Sequence[str]) -> Floats:
    """Columns of ``gold.customer_behaviour``, (n, names); NaN where a customer has none."""
    columns = [customers[name].astype(float) for name in names]
    return np.column_stack([np.log1p(of.clip(lower=0)) if of.name in LONG_TAILED else of for of in columns])


def what(customers: pd.DataFrame, departments: Sequence[str]) -> Floats:
    """Centred log-ratios (Aitchison 1982) of the shares of ``departments``, (n, departments): shares add up to one, so
    that more of one is less of others, which these undo. NaN where nothing was bought."""
    logs = np.log(shares(customers, departments) + ZERO)
    return logs - logs.mean(axis=1, keepdims=True) if len(departments) else logs


def shares(customers: pd.DataFrame, departments: Sequence[str]) -> Floats:
    """Of shape (n, departments); NaN where nothing was bought."""
    each = _each(customers)
    found = np.full((len(customers), len(departments)), np.nan)
    found[each["row"].unique()] = 0.0
    each["place"] = pd.Index(departments, dtype=object).get_indexer(each["department"])
    known = each[each["place"] >= 0]
    found[known["row"], known["place"]] = known["share"]
    return found


def commonest(customers: pd.DataFrame, most: int) -> list[str]:
    """Departments with the largest shares, the first by name of equals."""
    sums = _each(customers).groupby("department")["share"].sum()
    return [str(name) for name in sums.sort_values(ascending=False, kind="stable").index[:most]]


def _each(customers: pd.DataFrame) -> pd.DataFrame:
    """A ``row`` (its place), ``department`` and ``share`` for each that a customer has."""
    lists = customers.reset_index(drop=True)[list(MIX)].explode(list(MIX)).dropna()
    return pd.DataFrame(
        {"row": lists.index, "department": lists[MIX[0]].to_numpy(), "share": lists[MIX[1]].to_numpy(float)}
    )
