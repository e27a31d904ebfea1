"""What needs no model: an identifier that a channel proved, and a payment card that one person alone has used."""

from __future__ import annotations

import duckdb

from jobs.identity.pairs import IS_IDENTIFIER, Limits

PAYS = "pay:"  # accounts of whom only a payment card is known


def certain(db: duckdb.DuckDBPyConnection, limits: Limits) -> None:
    """Tables ``proved`` (account_l, account_r, because) and ``alone`` (account_l, account_r: they share what nobody else
    has), of table ``found``.

    A group is all accounts with an identifier in common. It is clean where no two of them contradict each other, none
    names two persons by itself, and they are not many. A proved identifier joins a pair of a clean group; in another
    one it joins those who have the name in common and the e-mail address or the birthday too. A payment card joins
    what it alone paid for to the accounts of a clean group.
    """
    db.execute(
        "create table mixed as select account_l as account_id from found where account_l = account_r and has_other_name"
    )
    db.execute(
        "create table held as select distinct key, k.account_id, case split_part(key, ':', 1) "
        "when 'phone_digits' then is_phone_verified when 'email' then is_email_verified end is true as is_proved "
        f"from near k join prepared using (record_id) where {IS_IDENTIFIER}"
    )
    db.execute("create table holds as select key, account_id, bool_or(is_proved) as is_proved from held group by all")
    db.execute(
        "create table together as select l.key, f.*, l.is_proved or r.is_proved as is_proved, "
        "l.is_proved and r.is_proved as is_proved_twice from found f join holds l on f.account_l = l.account_id "
        "join holds r on f.account_r = r.account_id and l.key = r.key where f.account_l <> f.account_r"
    )
    db.execute(
        "create table clean as select key from sizes where key in (select key from holds) "
        f"and accounts <= {limits.group} and key not in (select key from together where are_two) "
        "and key not in (select key from holds semi join mixed using (account_id))"
    )
    db.execute(
        "create table alone as select distinct account_l, account_r from together semi join clean using (key) "
        "where is_named_alike or split_part(key, ':', 1) not in ('mask', 'address_key')"
    )
    is_clean, pays = "key in (from clean)", f"(starts_with(account_l, '{PAYS}') or starts_with(account_r, '{PAYS}'))"
    db.execute(
        "create table proved as select account_l, account_r, min(case when is_proved_twice then 'same verified ' "
        "when is_proved then 'same ' else '' end || case split_part(key, ':', 1) when 'phone_digits' then 'phone' "
        "when 'email' then 'e-mail' else 'paid with one card, which nobody else used' end "
        "|| case when is_proved and not is_proved_twice then ', verified by one' else '' end) as because from together "
        f"where not contradicts and not has_other_email and not is_named_similarly and (is_proved and ({is_clean} or is_named_alike and is_told_apart) "
        f"or starts_with(key, 'card:') and {is_clean} and {pays}) "
        "and account_l not in (from mixed) and account_r not in (from mixed) group by all"
    )
