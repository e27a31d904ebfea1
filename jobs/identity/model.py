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

from jobs.identity import frequencies, homes
from jobs.identity.comparisons import EVERY, splink

SEED, MOST_PAIRS, MOST_ACCOUNTS = 1, 1e6, 200_000
LEAST_M = 1e-3  # of a level that no pair of one person had
#: What pairs must share to be learned from; a session teaches nothing of the kinds in its name.
SESSIONS = {
    "email": "l.email = r.email",
    "id_number": "l.id_number = r.id_number",
    "phone name": "l.phone_digits = r.phone_digits and l.name_key = r.name_key",
    "birthday name": "l.birthday = r.birthday and l.name_key = r.name_key",
    "address name": "l.address_key = r.address_key and l.name_key = r.name_key",
}
Model = dict[str, Any]


def settings(kinds: Collection[str]) -> dict[str, Any]:
    """Splink's settings for the kinds of columns that there are."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "record_id",
        "comparisons": [splink(of) for kind, of in EVERY.items() if kind in kinds],
        "blocking_rules_to_generate_predictions": [{"blocking_rule": rule} for rule in homes.SHARED],
        "em_convergence": 1e-3,  # it raises where it goes on until a level's share is too small for a float
        "linker_uid": "identity",
    }


def fit(prepared: pa.Table) -> Model:
    """Both models, as data that JSON can hold: Splink's own settings, what counts in a home, how frequent names are.

    ``prepared``: of ``prepare``; who says nothing but pays is left out, the newest record of an account counts, of very many accounts a sample by their id.
    Equal tables give equal models.
    """
    with duckdb.connect(config={"threads": 1}) as db:  # a seeded sample is the same one only in one thread
        told = _newest(db, prepared)
        kinds = [kind for kind in EVERY if db.execute(f"select count({_column(kind)}) from told").fetchone() != (0,)]
        api = DuckDBAPI(connection=db)
        linker = Linker(api.register(told), settings(kinds), log_level=logging.ERROR)
        sessions = [rule for name, rule in SESSIONS.items() if {*name.split()} <= {*kinds}]
        linker.training.estimate_probability_two_random_records_match([*sessions], recall=0.7)
        linker.training.estimate_u_using_random_sampling(max_pairs=MOST_PAIRS, seed=SEED, min_count_per_level=None)
        for rule in sessions:
            linker.training.estimate_parameters_using_expectation_maximisation(rule, True)
        trained = _smoothed(linker.misc.save_model_to_json(None))
        names = frequencies.fit(told)
        at_home = scored(db, told, {"splink": trained, "frequencies": names})
        return {"splink": trained, "homes": homes.fit(at_home, kinds), "frequencies": names}


def scored(db: duckdb.DuckDBPyConnection, told: pa.Table, model: Model, pairs: str = "") -> pa.Table:
    """``record_id_l``, ``record_id_r``, ``match_weight`` (bits), and a ``gamma_`` of each kind of a model.

    ``pairs``: a table of ``join_key_l``, ``join_key_r``; without it the pairs that share a home. Names count as often
    as the model knows them, whoever is in ``told``.
    """
    api = DuckDBAPI(connection=db)
    linker = Linker(api.register(told), model["splink"], log_level=logging.ERROR)
    for of, terms in frequencies.lookups(model["frequencies"], told).items():
        linker.table_management.register_term_frequency_lookup(api.register(terms), of)
    if pairs:
        linker.table_management.register_blocked_pairs_for_predict(api.register(db.table(pairs)))
    return linker.inference.predict(warning_mode="never").as_duckdbpyrelation().to_arrow_table()


def kinds_of(model: Model) -> list[str]:
    return [of["output_column_name"] for of in model["splink"]["comparisons"]]


def _newest(db: duckdb.DuckDBPyConnection, prepared: pa.Table) -> pa.Table:
    db.register("prepared", prepared)
    db.execute(
        "create table told as from (select * exclude (keys) from prepared where since is not null "
        "qualify row_number() over (partition by account_id order by since desc, record_id desc) = 1 "
        f"order by md5(account_id) limit {MOST_ACCOUNTS}) order by record_id"
    )
    return db.table("told").to_arrow_table()


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

