"""Who is one person, as a probability. Fellegi and Sunter (1969), A Theory for Record Linkage, by Splink.

Of two models in one, the first says what an agreement is worth between any two accounts. Those who live together share
address and telephone, though, and often the family name; it takes these to be independent, and joins twins, or a
parent to the child of the same name. The second is learned among accounts that share a home or a telephone, from what
tells persons of one home apart.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import Any

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker
from splink.internals.exceptions import EMTrainingException

from jobs.identity import frequencies, homes
from jobs.identity.comparisons import EVERY, splink

SEED, MOST_PAIRS, MOST_ACCOUNTS = 1, 1e6, 200_000
NOT_SEEN = 1e-6  # what Splink says of a level that no pair had
LEAST_M = 1e-3  # of a level that no pair of one person had
#: What pairs must share to be learned from; a session teaches nothing of the kinds in its name.
SESSIONS = {
    "email": "l.email = r.email",
    "id_number": "l.id_number = r.id_number",
    "phone name": "l.phone_digits = r.phone_digits and l.name_key = r.name_key",
    "birthday name": "l.birthday = r.birthday and l.name_key = r.name_key",
    "address name": "l.address_key = r.address_key and l.name_key = r.name_key",
    "birthday address": "l.birthday = r.birthday and l.address_place = r.address_place",
}
Model = dict[str, Any]


class CannotFit(Exception):
    """There is too little to learn from."""


def settings(kinds: Collection[str]) -> dict[str, Any]:
    """Splink's settings for the kinds of columns that there are."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "record_id",
        "comparisons": [splink(of) for kind, of in EVERY.items() if kind in kinds],
        "blocking_rules_to_generate_predictions": [{"blocking_rule": rule} for rule in homes.SHARED],
        "additional_columns_to_retain": ["door"],
        "em_convergence": 1e-3,
        "max_iterations": 10,
        "linker_uid": "identity",
    }


def fit(prepared: pa.Table) -> Model:
    """Both models, as data that JSON can hold: Splink's own settings, what counts in a home, how frequent names are.

    ``prepared``: of ``prepare``; the newest record of an account counts, of very many accounts a sample by their id;
    who says nothing but pays is left out. Equal tables give equal models. CannotFit where no two accounts share enough.
    """
    with duckdb.connect(config={"threads": 1}) as db:  # a seeded sample is the same one only in one thread
        told = _newest(db, prepared)
        kinds = [kind for kind in EVERY if db.execute(f"select count({_column(kind)}) from told").fetchone() != (0,)]
        api = DuckDBAPI(connection=db)
        told_once = api.register(told)
        linker = Linker(told_once, settings(kinds), log_level=logging.ERROR, validate_settings=False)
        sessions = [rule for name, rule in SESSIONS.items() if {*name.split()} <= {*kinds}]
        if not sessions:
            raise CannotFit(
                f"accounts say {' and '.join(kinds) or 'nothing'}: that alone does not tell who is one person"
            )
        linker.training.estimate_probability_two_random_records_match([*sessions], recall=0.7)
        linker.training.estimate_u_using_random_sampling(max_pairs=MOST_PAIRS, seed=SEED, min_count_per_level=None)
        trained = linker.misc.save_model_to_json(None)
        taught = [of for rule in sessions if (of := _session(told_once, trained, rule))]
        if not taught:
            raise CannotFit("hardly any two accounts share an e-mail address, or a telephone or birthday and a name")
        trained = _with_m(trained, taught)
        names = frequencies.fit(told)
        at_home = scored(db, told, {"splink": trained, "frequencies": names})
        return {"splink": trained, "homes": homes.fit(at_home, kinds, _strangers(trained)), "frequencies": names}


def scored(db: duckdb.DuckDBPyConnection, told: pa.Table, model: Model, pairs: pa.Table | None = None) -> pa.Table:
    """``record_id_l``, ``record_id_r``, ``match_weight`` (bits), and a ``gamma_`` of each kind of a model.

    ``pairs``: join_key_l, join_key_r, match_key; without them the pairs that share a home. Names count as often as the
    model knows them, whoever is in ``told``.
    """
    api = DuckDBAPI(connection=db)
    linker = Linker(api.register(told), model["splink"], log_level=logging.ERROR, validate_settings=False)
    for of, terms in frequencies.lookups(model["frequencies"], told).items():
        linker.table_management.register_term_frequency_lookup(api.register(terms), of)
    if pairs is not None:
        linker.table_management.register_blocked_pairs_for_predict(api.register(pairs))
    return linker.inference.predict(warning_mode="never").as_duckdbpyrelation().to_arrow_table()


def kinds_of(model: Model) -> list[str]:
    return [of["output_column_name"] for of in model["splink"]["comparisons"]]


def _session(told: Any, trained: dict[str, Any], rule: str) -> dict[tuple[str, int], float]:
    """``m`` by kind and level, of pairs that agree by ``rule``; nothing where they are too few: then the share of a
    level that none of one person has falls under 1e-300 in a few rounds, and Splink raises. A linker of its own,
    since that leaves it without the rule's comparisons."""
    linker = Linker(told, trained, log_level=logging.ERROR, validate_settings=False)
    try:
        session = linker.training.estimate_parameters_using_expectation_maximisation(rule, True)
    except (ValueError, EMTrainingException):
        return {}
    return {
        (of.output_column_name, level.comparison_vector_value): m
        for of in session.core_model_settings.comparisons
        for level in of.comparison_levels
        if not level.is_null_level and (m := level.m_probability or 0.0) > NOT_SEEN
    }


def _with_m(trained: dict[str, Any], taught: list[dict[tuple[str, int], float]]) -> dict[str, Any]:
    """``trained`` with the mean of what the sessions taught, and no ``m`` of a level that none has seen."""
    for of in trained["comparisons"]:
        levels = [level for level in of["comparison_levels"] if not level.get("is_null_level")]
        for gamma, level in enumerate(reversed(levels)):
            seen = [session[key] for session in taught if (key := (of["output_column_name"], gamma)) in session]
            level["m_probability"] = sum(seen) / len(seen) if seen else None
    return _smoothed(trained)


def _newest(db: duckdb.DuckDBPyConnection, prepared: pa.Table) -> pa.Table:
    db.register("prepared", prepared)
    db.execute(
        "create table told as from (from prepared where since is not null "
        "qualify row_number() over (partition by account_id order by since desc, record_id desc) = 1 "
        f"order by md5(account_id) limit {MOST_ACCOUNTS}) order by record_id"
    )
    return db.table("told").to_arrow_table()


def _strangers(trained: dict[str, Any]) -> dict[str, list[float]]:
    """``u`` of each kind but names, by Splink's number of the level."""
    levels = {of["output_column_name"]: of["comparison_levels"][:0:-1] for of in trained["comparisons"]}
    return {kind: [level["u_probability"] for level in of] for kind, of in levels.items() if kind != "name"}


def _column(kind: str) -> str:
    return {"name": "name_key", "phone": "phone_masks", "address": "address_key", "cards": "nullif(len(cards), 0)"}.get(
        kind, kind
    )


def _smoothed(trained: dict[str, Any]) -> dict[str, Any]:
    """Random pairs hold some of one person, which Splink's ``u`` takes for chance: in a table where everybody has three
    accounts, most pairs that share a telephone are. Their share is known, and taken out; as it is a guess, a tenth is
    left. A level that no pair of one person had never speaks for one."""
    share = trained["probability_two_random_records_match"]
    for level in (level for of in trained["comparisons"] for level in of["comparison_levels"]):
        if not level.get("is_null_level"):
            seen = level.get("u_probability") or 1 / MOST_PAIRS
            level["u_probability"] = max(seen - share * (level.get("m_probability") or 0), seen / 10)
            level["m_probability"] = level.get("m_probability") or min(LEAST_M, level["u_probability"])
    return trained
