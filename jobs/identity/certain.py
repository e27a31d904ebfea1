"""What needs no model: an identifier that a channel proved, a payment card that one person alone has used, an order."""

from __future__ import annotations

import duckdb

from jobs.identity.pairs import IS_IDENTIFIER, Limits

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
    db.execute(
        "create table mixed as select account_l as account_id from found where account_l = account_r and has_other_name"
    )
    db.execute(f"""
        create table held as select key, k.account_id, bool_or(case split_part(key, ':', 1)
          when 'phone_digits' then is_phone_verified when 'email' then is_email_verified end is true) as is_proved
        from near k join prepared using (record_id) where {IS_IDENTIFIER} group by all
    """)
    db.execute("""
        create table together as
        select l.key, f.*, l.is_proved or r.is_proved as is_proved, l.is_proved and r.is_proved as is_proved_twice
        from found f join held l on f.account_l = l.account_id
        join held r on f.account_r = r.account_id and l.key = r.key where f.account_l <> f.account_r
    """)
    db.execute(f"""
        create table clean as select key from sizes where key in (select key from held) and accounts <= {limits.group}
        and key not in (select key from together where are_two)
        and key not in (select key from held semi join mixed using (account_id))
    """)
    db.execute("""
        create table alone as select distinct account_l, account_r from together semi join clean using (key)
        where is_named_alike or split_part(key, ':', 1) not in ('mask', 'address_key')
    """)
    db.execute(f"""
        create table proved as select account_l, account_r, min(case
          when starts_with(key, 'card:') then 'paid with one card, which nobody else used'
          when starts_with(key, 'order:') then 'one asks about an order of the other'
          when is_proved_twice then 'same verified ' || what else 'same ' || what || ', verified by one' end) as because
        from (select *, if(starts_with(key, 'email:'), 'e-mail', 'phone') as what, key in (from clean) as is_clean,
          starts_with(account_l, '{PAYS}') or starts_with(account_r, '{PAYS}') as pays from together)
        where not contradicts and not has_other_email and not is_named_similarly
        and (is_proved and (is_clean or is_named_alike and is_told_apart)
          or starts_with(key, 'card:') and is_clean and pays or starts_with(key, 'order:') and is_clean)
        and account_l not in (from mixed) and account_r not in (from mixed) group by all
    """)
