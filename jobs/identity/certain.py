"""What needs no model: an identifier that a channel proved, a payment card that one person alone has used, an order."""

from __future__ import annotations

import duckdb

from jobs.identity.keys import IDENTIFIERS
from jobs.identity.pairs import Limits

PAYS = "pay:"  # accounts of whom only a payment card is known


def certain(db: duckdb.DuckDBPyConnection, limits: Limits) -> None:
    """Tables ``mixed`` (account_id), ``alone`` (account_l, account_r) and ``proved`` (account_l, account_r, because),
    of the table ``found``.

    A group is all accounts with an identifier in common. It is clean where no two of them look like two persons, none
    names two by itself (it is mixed), and they are not many: then they are alone with it. A proved identifier joins a
    pair of a clean group; in another one it joins those who have the name in common and the e-mail address or the
    birthday too. A payment card joins what it alone paid for to the accounts of a clean group, an order who asks about
    it to who placed it.
    """
    db.execute("""
        create or replace table mixed as
        select account_l as account_id from found where account_l = account_r and has_other_name
    """)
    db.execute(f"""
        create or replace table held as select kind, key, k.account_id, bool_or(case kind
          when 'phone_digits' then is_phone_verified when 'email' then is_email_verified end is true) as is_proved
        from near k join prepared using (record_id) where kind in {IDENTIFIERS} group by all
    """)
    db.execute("""
        create or replace table together as
        select l.kind, l.key, f.*,
          l.is_proved or r.is_proved as is_proved, l.is_proved and r.is_proved as is_proved_twice
        from found f join held l on f.account_l = l.account_id
        join held r on f.account_r = r.account_id and l.key = r.key where f.account_l <> f.account_r
    """)
    db.execute(f"create or replace table clean as {_clean('held', 'together', limits)}")
    db.execute("""
        create or replace table alone as select distinct account_l, account_r from together semi join clean using (key)
        where is_named_alike or kind not in ('mask', 'address_key')
    """)
    db.execute(f"""
        create or replace table proved as select account_l, account_r, min(case
          when kind = 'card' then 'paid with one card, which nobody else used'
          when kind = 'order' then 'one asks about an order of the other'
          when is_proved_twice then 'same verified ' || what else 'same ' || what || ', verified by one' end) as because
        from (select *, if(kind = 'email', 'e-mail', 'phone') as what, key in (from clean) as is_clean,
          starts_with(account_l, '{PAYS}') or starts_with(account_r, '{PAYS}') as pays from together)
        where not contradicts and not has_other_email and not is_named_similarly
        and (is_proved and (is_clean or is_named_alike and is_told_apart)
          or kind = 'card' and is_clean and pays or kind = 'order' and is_clean)
        and account_l not in (from mixed) and account_r not in (from mixed) group by all
    """)


def spread(db: duckdb.DuckDBPyConnection, limits: Limits) -> bool:
    """Who belongs to a group that a changed account may have made clean, or made clean no more, is touched; is anybody?

    Those who were there before must be two, and clean by themselves: otherwise the group was not clean and is not, or
    joins nobody but the changed. A new account makes no group clean, so what is clean with it was so without it.
    """
    stayed = "(from held anti join changed using (account_id))"
    pairs = "(from together where account_l in (from stay) and account_r in (from stay))"
    found = db.sql(f"""
        with stay as (select account_id from held anti join changed using (account_id)),
        before as (
          {_clean(stayed, pairs, limits)} and key in (select key from {stayed} group by key having count(*) > 1)),
        tonight as (select distinct key, is_new from held join changed using (account_id))
        select distinct account_id from held where account_id not in (from touched) and key in (from before)
        and key in (select key from tonight where not is_new or key not in (from clean))
    """).to_arrow_table()
    db.register("spread", found)
    db.execute("insert into touched from spread")
    return bool(found.num_rows)


def _clean(held: str, together: str, limits: Limits) -> str:
    return f"""
        select key from {held} where key not in (select key from {together} where are_two)
        and key not in (select key from {held} semi join mixed using (account_id))
        group by key having count(*) <= {limits.group}
    """
