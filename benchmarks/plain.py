"""Plain Splink, beside which ours is measured: its own comparison for each kind of column, trained without labels.

Its manual says how; what a column is compared by and what is worth a comparison stand here.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import splink.comparison_library as cl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.exceptions import EMTrainingException

from benchmarks.agreement import f1, pairwise
from jobs.identity.model import SEED

#: By the words of ``records.WORDS``, and ``cards``: payment cards, a list.
COMPARED: dict[str, Any] = {
    "given_name": cl.NameComparison("given_name"),
    "surname": cl.NameComparison("surname"),
    "name": cl.NameComparison("name"),
    "date_of_birth": cl.DamerauLevenshteinAtThresholds("date_of_birth"),
    "id_number": cl.DamerauLevenshteinAtThresholds("id_number"),
    "phone": cl.DamerauLevenshteinAtThresholds("phone"),
    "email": cl.EmailComparison("email"),
    "street_number": cl.ExactMatch("street_number"),
    "address_1": cl.LevenshteinAtThresholds("address_1"),
    "address": cl.LevenshteinAtThresholds("address", [2, 5]),
    "suburb": cl.LevenshteinAtThresholds("suburb"),
    "postcode": cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
    "cards": cl.ArrayIntersectAtSizes("cards", [1]),
}
#: What two records must have in common to be compared.
BLOCKS: tuple[tuple[str, ...], ...] = (
    *((column,) for column in ("id_number", "email", "phone", "address", "name", "date_of_birth", "cards")),
    ("given_name", "surname"),
    ("address_1", "street_number"),
    ("suburb", "given_name"),
)
#: Who has one of the first three of these in common is taken for one, to guess how many are; it finds 8 in 10.
SURE: tuple[tuple[str, ...], ...] = (
    ("id_number",),
    ("email",),
    ("phone",),
    ("given_name", "surname"),
    ("surname", "date_of_birth"),
    ("given_name", "date_of_birth"),
    ("address",),
)
LEARNS_FROM = (("given_name", "surname"), ("name",), ("date_of_birth",), ("email",), ("phone",))
MOST_PAIRS = 1e7  # what Splink's manual calls often adequate
THRESHOLDS = (0.01, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999)


def plain(said: pd.DataFrame) -> dict[float, dict[str, str]]:
    """The cluster of each account, by the probability from which two are joined.

    ``said``: account_id and the columns of ``COMPARED``; rows of one account are one from the start.
    """
    rows = said.assign(unique_id=np.arange(len(said)))
    with duckdb.connect() as db:
        db.execute("set enable_progress_bar = false")
        linker = _trained(db, rows)
        found = linker.inference.predict(threshold_match_probability=min(THRESHOLDS)).as_duckdbpyrelation()
        pairs = found.select("unique_id_l, unique_id_r, match_probability").to_arrow_table()
    return {of: _clusters(rows["account_id"], pairs, of) for of in THRESHOLDS}


def best(found: Mapping[float, dict[str, str]], truth: Mapping[str, str]) -> tuple[float, dict[str, str]]:
    """The probability that gives pairs the best F1, as only who knows the truth could choose it; and its clusters."""
    least = max(found, key=lambda of: f1(pairwise(found[of], truth)))
    return least, found[least]


def _trained(db: duckdb.DuckDBPyConnection, rows: pd.DataFrame) -> Linker:
    here = {*rows.columns}
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[of for column, of in COMPARED.items() if column in here],
        blocking_rules_to_generate_predictions=[_rule(*of) for of in BLOCKS if {*of} <= here],
    )
    sure = [_rule(*of) for of in SURE if {*of} <= here][:3]
    api = DuckDBAPI(connection=db)
    linker = Linker(api.register(rows), settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=MOST_PAIRS, seed=SEED)
    for of in LEARNS_FROM:
        if {*of} <= here:
            with suppress(EMTrainingException):  # two records that agree on it are too few
                linker.training.estimate_parameters_using_expectation_maximisation(_rule(*of))
    return linker


def _rule(*columns: str) -> Any:
    return block_on(*columns, arrays_to_explode=["cards"]) if "cards" in columns else block_on(*columns)


def _clusters(accounts: pd.Series, pairs: pa.Table, least: float) -> dict[str, str]:
    """Connected components, which Splink's manual takes."""
    number, names = pd.factorize(accounts)
    joined = pairs.filter(pa.compute.greater_equal(pairs["match_probability"], least))
    ends = [number[joined[f"unique_id_{side}"].to_numpy()] for side in "lr"]
    graph = coo_array((np.ones(len(ends[0]), bool), ends), shape=(len(names), len(names)))
    of = connected_components(graph, directed=False)[1]
    return dict(zip(names, of.astype(str).tolist(), strict=True))
