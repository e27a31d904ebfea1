"""What a comparison of records gives: one row per pair of accounts, the best of their records."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pyarrow as pa

from jobs.identity import homes, model
from jobs.identity.comparisons import gammas


@dataclass(frozen=True)
class Limits:
    """``probability``: from which two accounts are joined; ``block``: accounts with a key in common, above which it is
    nobody's; ``group``: the same of an identifier that joins for certain; ``cluster``: accounts of one customer;
    ``margin``: bits by which one of two claims must be the better; ``apart``: probability up to which two of a home are
    two persons."""

    probability: float = 0.9
    block: int = 100
    group: int = 10
    cluster: int = 30
    margin: float = 4.0
    apart: float = 0.5


USUAL = Limits()


def probability(bits: str) -> str:
    """What ``bits`` for one person come to, in SQL."""
    return f"1 / (1 + pow(2, -{bits}))"


def compare(db: duckdb.DuckDBPyConnection, pairs: pa.Table, of: model.Model, limits: Limits) -> pa.Table:
    """Of pairs of ``blocks.block``, in accounts: account_l, account_r, weight and home (bits, the best pair of
    records), the best level of each kind (gamma_<kind>), and what is known of the two."""
    kinds = model.kinds_of(of)
    db.register("pairs", pairs)
    told = db.sql("""
        from prepared semi join (select join_key_l as record_id from pairs union select join_key_r from pairs)
        using (record_id) order by record_id
    """).to_arrow_table()
    scored = model.scored(db, told, of, pairs)
    db.register("scored", scored.append_column("home", pa.array(homes.weight(of["homes"], scored))))
    agree = " + ".join(f"(gamma_{kind} in {gammas(kind, 'agrees', 'similar')})::int" for kind in kinds)
    best = ", ".join(f"max(gamma_{kind}) as gamma_{kind}" for kind in kinds)

    def are(kind: str, *means: str) -> str:
        return f"gamma_{kind} in {gammas(kind, *means)}" if kind in kinds else "false"

    return db.sql(f"""
        with best as (
          select l.account_id as account_l, r.account_id as account_r, {best},
            round(max(match_weight), 6) as weight, round(max(home), 6) as home from scored
          join prepared l on record_id_l = l.record_id join prepared r on record_id_r = r.record_id group by all)
        select *, {are("name", "agrees")} as is_named_alike,
          {are("name", "similar")} as is_named_similarly,
          {are("name", "differs")} as name_differs, {are("birthday", "differs")} as birthday_differs,
          {are("id_number", "agrees")} as has_same_id, {are("email", "agrees")} or has_same_id as has_same_number,
          {are("birthday", "agrees")} as has_same_birthday, has_same_number or has_same_birthday as is_told_apart,
          name_differs and not (has_same_number and has_same_birthday)
            and not (has_same_id and not birthday_differs) as has_other_name,
          has_other_name or birthday_differs and not has_same_id as is_disputed,
          is_disputed and {probability("least(weight, home)")} < {limits.probability} as contradicts,
          {are("email", "other")} and not has_same_birthday as has_other_email,
          {are("phone", "agrees")} or {are("address", "agrees")} or {are("cards", "agrees")} as is_at_home,
          {agree} as agreeing,
          contradicts or is_at_home and {probability("home")} <= {limits.apart} as are_two
        from best
    """).to_arrow_table()
