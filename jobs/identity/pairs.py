"""Which accounts are worth a comparison, and what it gives: one row per pair of accounts, the best of their records."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from jobs.identity import homes, model
from jobs.identity.comparisons import gammas

#: Keys that name somebody; who shares one is of its group. The other keys only say what is worth a comparison.
IDENTIFIERS = ("phone_digits", "email", "card", "order", "mask", "address_key")
IS_IDENTIFIER = f"split_part(key, ':', 1) in {IDENTIFIERS}"


@dataclass(frozen=True)
class Limits:
    """``probability``: from which two accounts are joined; ``block``: accounts with a key in common, above which it is
    nobody's; ``group``: the same of an identifier that joins for certain; ``cluster``: accounts of one customer;
    ``margin``: bits by which one of two claims must be the better; ``alone``: bits for one person, where nobody else
    has the identifier that two share; ``apart``: probability up to which two of a home are two persons."""

    probability: float = 0.9
    block: int = 100
    group: int = 10
    cluster: int = 30
    margin: float = 4.0
    alone: float = 3.0
    apart: float = 0.3


USUAL = Limits()


def block(db: duckdb.DuckDBPyConnection, prepared: pa.Table, changed: Collection[str] | None, limits: Limits) -> None:
    """Tables ``keyed`` (record_id, account_id, key), ``touched`` (account_id: pairs with one of them are made anew) and
    ``compared`` (pairs of records).

    A pair's fate hangs on the two accounts and on the groups of the identifiers that they share, and a key that has
    become everybody's. So whoever shares one of these with a changed account is touched. To know what a group says,
    pairs inside the groups of the touched are compared too; and what an account says of itself: is it one person?
    """
    db.register("prepared", prepared)
    db.execute("create table keyed as select record_id, account_id, unnest(keys) as key from prepared")
    db.execute("create table sizes as select key, count(distinct account_id) as accounts from keyed group by key")
    if changed is None:
        db.execute("create table touched as select distinct account_id from prepared")
    else:
        ids = pa.table({"account_id": pa.array(sorted(changed), pa.string())})
        db.register("changed", ids)
        db.execute(f"""
            create table touched as with by_changed as (
              select key, count(distinct account_id) as many from keyed
              semi join changed using (account_id) group by key)
            select distinct account_id from keyed join by_changed using (key) join sizes using (key)
            where {IS_IDENTIFIER} or accounts > {limits.block} and accounts - many <= {limits.block}
            union select account_id from prepared semi join changed using (account_id)
        """)
    db.execute(f"""
        create table near as select * from keyed
        semi join (from keyed semi join touched using (account_id)) using (key)
        semi join (from sizes where accounts between 2 and {limits.block}) using (key)
    """)
    db.execute(f"""
        create table compared as
        select distinct l.record_id as join_key_l, r.record_id as join_key_r, '0' as match_key
        from near l join near r on l.key = r.key and l.account_id < r.account_id
        where l.account_id in (from touched) or r.account_id in (from touched)
        or split_part(l.key, ':', 1) in {IDENTIFIERS}
    """)
    db.execute("""
        insert into compared select l.record_id, r.record_id, '0' from prepared l join prepared r
        on l.account_id = r.account_id and l.record_id < r.record_id and l.name_key <> r.name_key
        where l.account_id in (select account_id from near)
    """)


def compare(db: duckdb.DuckDBPyConnection, prepared: pa.Table, of: model.Model, limits: Limits) -> list[str]:
    """Table ``found``, after ``block``: account_l, account_r, weight and home (bits, the best pair of records), the
    best level of each kind (gamma_<kind>), and what is known of the two; the kinds are given back."""
    kinds = model.kinds_of(of)
    scored = model.scored(db, prepared.drop_columns(["keys"]), of, "compared")
    at_home = homes.weight(of["homes"], scored) if of["homes"]["bits"] else np.zeros(scored.num_rows)
    db.register("scored", scored.append_column("home", pa.array(at_home)))
    agree = " + ".join(f"(gamma_{kind} in {gammas(kind, 'agrees', 'similar')})::int" for kind in kinds)
    best = ", ".join(f"max(gamma_{kind}) as gamma_{kind}" for kind in kinds)
    db.execute(f"""
        create table best as select l.account_id as account_l, r.account_id as account_r, {best},
          round(max(match_weight), 6) as weight, round(max(home), 6) as home from scored
        join prepared l on record_id_l = l.record_id join prepared r on record_id_r = r.record_id group by all
    """)

    def are(kind: str, *means: str) -> str:
        return f"gamma_{kind} in {gammas(kind, *means)}" if kind in kinds else "false"

    db.execute(f"""
        create table found as select *, {are("name", "agrees")} as is_named_alike,
          {are("name", "similar")} as is_named_similarly,
          {are("email", "agrees")} as has_same_email, {are("birthday", "agrees")} as has_same_birthday,
          has_same_email or has_same_birthday as is_told_apart,
          {are("name", "differs")} and not (has_same_email and has_same_birthday) as has_other_name,
          has_other_name or {are("birthday", "differs")} as contradicts,
          {are("email", "other")} and not has_same_birthday as has_other_email,
          {are("phone", "agrees")} or {are("address", "agrees")} as is_at_home, {agree} as agreeing,
          contradicts or is_at_home and 1 / (1 + pow(2, -home)) <= {limits.apart} as are_two
        from best
    """)
    return kinds
