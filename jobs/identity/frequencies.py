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
    if not known:
        return {of: _lookup(of, {}) for of in ("name_key", "given", "family")}
    found = {of: {term: _share(known, of, term) for term in _terms(told, of)} for of in ("given", "family")}
    found["name_key"] = {key: _of_whole(known, *key.split()) for key in _terms(told, "name_key")}
    return {of: _lookup(of, terms) for of, terms in found.items()}


def _of_whole(known: Frequencies, one: str, other: str = REST) -> float:
    """In a key the words are in order of the alphabet: which is the family's is not known."""
    return max(
        _share(known, "given", given) * _share(known, "family", family)
        for given, family in ((one, other), (other, one))
    )


def _terms(told: pa.Table, of: str) -> list[str]:
    return told[of].drop_null().unique().to_pylist()


def _lookup(of: str, terms: dict[str, float]) -> pa.Table:
    return pa.table({of: pa.array([*terms], pa.string()), f"tf_{of}": pa.array([*terms.values()], pa.float64())})


def _share(known: Frequencies, of: str, name: str) -> float:
    return known[of].get(name, known[of][REST])
