"""Which accounts are worth a comparison: those that have a key in common which is not everybody's."""

from __future__ import annotations

from collections.abc import Collection

import duckdb
import pyarrow as pa

from jobs.identity.keys import IDENTIFIERS, keyed
from jobs.identity.pairs import Limits


def lay(db: duckdb.DuckDBPyConnection, prepared: pa.Table) -> None:
    """Tables ``prepared``, ``keyed`` (record_id, account_id, kind, key) and the empty ``compared``."""
    db.register("prepared", prepared)
    db.execute(f"create table keyed as {keyed('prepared')}")
    db.execute("create table compared (join_key_l bigint, join_key_r bigint, match_key varchar)")


def touch(db: duckdb.DuckDBPyConnection, changed: Collection[str] | None, new: Collection[str], limits: Limits) -> None:
    """Tables ``touched`` (account_id: pairs with one of them are made anew) and ``changed`` (account_id, is_new).

    Whoever shares a key with a changed account that has become everybody's is touched too: what it joined is undone.
    """
    if changed is None:
        db.execute("create table touched as select distinct account_id from prepared")
        return
    ids = sorted(changed)
    db.register("changed", pa.table({"account_id": pa.array(ids, pa.string()), "is_new": [of in new for of in ids]}))
    db.execute(f"""
        create table touched as
        with by_changed as (
          select key, count(distinct account_id) as many from keyed semi join changed using (account_id) group by key),
        grown as (
          select key from keyed join by_changed using (key) group by key, many
          having count(distinct account_id) > {limits.block} and count(distinct account_id) - many <= {limits.block})
        select account_id from keyed semi join grown using (key)
        union select account_id from prepared semi join changed using (account_id)
    """)


def block(db: duckdb.DuckDBPyConnection, limits: Limits) -> pa.Table:
    """Pairs of records to be compared, as Splink wants them, which were not yet; and the table ``near``: the keys of
    all who share one with a touched account, that are shared and not everybody's, with how many ``accounts`` have it.

    What two accounts are to each other hangs on the groups of the identifiers that they share: pairs inside the groups
    of the touched are compared too, if the groups are few enough to join anybody; all that the two ever said. So is
    what an account says of itself: is it one person?
    """
    db.execute(f"""
        create or replace table near as
        with mine as (select distinct key from keyed semi join touched using (account_id)),
        theirs as (select distinct account_id from keyed semi join mine using (key)),
        sizes as (
          select key, count(distinct account_id) as accounts from keyed
          semi join (from keyed semi join theirs using (account_id)) using (key)
          group by key having count(distinct account_id) between 2 and {limits.block})
        select keyed.*, accounts, key in (from mine) as is_touched
        from keyed join sizes using (key) semi join theirs using (account_id)
    """)
    db.execute(f"""
        create or replace table inside as select distinct l.account_id as account_l, r.account_id as account_r
        from near l join near r on l.key = r.key and l.account_id < r.account_id
        where l.is_touched and l.kind in {IDENTIFIERS} and l.accounts <= {limits.group}
        or l.account_id in (from touched) or r.account_id in (from touched)
    """)
    found = db.sql("""
        with pairs as (
          select distinct l.record_id as join_key_l, r.record_id as join_key_r, '0' as match_key
          from near l join near r on l.key = r.key and l.account_id < r.account_id
          semi join inside on l.account_id = account_l and r.account_id = account_r
          union all
          select l.record_id, r.record_id, '0' from prepared l join prepared r
          on l.account_id = r.account_id and l.record_id < r.record_id and l.name_key <> r.name_key
          where l.account_id in (select account_id from near union from touched))
        from pairs anti join compared using (join_key_l, join_key_r)
    """).to_arrow_table()
    db.register("found_pairs", found)
    db.execute("insert into compared from found_pairs")
    return found
