"""How frequent a name is: a shared rare one says more (Winkler 2000, Frequency-Based Matching in Fellegi-Sunter).

What a model knows are given and family names that many accounts have, each by itself, so that it holds nobody's name;
how frequent a whole name is follows from both, whoever is compared tonight.
"""

from __future__ import annotations

from collections import Counter

import pyarrow as pa

FEWEST = 10  # accounts that share a name before a model may know it
Frequencies = dict[str, dict[str, float]]
REST = ""  # stands for all that are rarer


def fit(told: pa.Table) -> Frequencies:
    """``given`` and ``family``: the share of accounts with a name, of each frequent one, and at most of others."""
    return {of: _shares(told[of].drop_null().to_pylist()) for of in ("given", "family") if of in told.column_names}


def _shares(names: list[str]) -> dict[str, float]:
    counted, every = Counter(names), max(len(names), FEWEST)
    return {REST: FEWEST / every} | {name: many / every for name, many in sorted(counted.items()) if many >= FEWEST}


def lookups(known: Frequencies, told: pa.Table) -> dict[str, pa.Table]:
    """Splink's tables of term frequencies, by column: each term in ``told`` beside ``tf_<column>``."""
    found: dict[str, dict[str, float]] = {"name_key": {}, "given": {}, "family": {}}
    names = told.select(["name_key", "given", "family", "is_chinese"]).to_pylist()
    for row in (row for row in names if row["name_key"] and known):
        given, family = (_share(known, of, row[of]) for of in ("given", "family"))
        found["given"][row["given"]], found["family"][row["family"]] = given, family
        whole = given * family
        if row["is_chinese"]:  # which is the family's, pinyin alone does not say
            whole = max(whole, _share(known, "given", row["family"]) * _share(known, "family", row["given"]))
        found["name_key"][row["name_key"]] = whole
    return {
        of: pa.table({of: pa.array([*terms], pa.string()), f"tf_{of}": pa.array([*terms.values()], pa.float64())})
        for of, terms in found.items()
    }


def _share(known: Frequencies, of: str, name: str) -> float:
    return known[of].get(name, known[of][REST])
