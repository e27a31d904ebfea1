"""What accounts say of their owners, as columns that can be compared."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from expectations.shared import SAID
from jobs.identity import forms

#: What is compared, by the column of ``records`` that says it.
KINDS = (*SAID, "id_number")
VERIFIED = ("is_phone_verified", "is_email_verified")
TOLD = pa.schema(
    [("account_id", pa.string()), ("since", pa.date32()), *((kind, pa.string()) for kind in KINDS)]
    + [(name, pa.bool_()) for name in VERIFIED]
)
PAID = pa.schema([("account_id", pa.string()), ("payment_card", pa.string())])
QUOTED = pa.schema([("account_id", pa.string()), ("order_id", pa.string())])
SCHEMA = pa.schema(
    [("record_id", pa.int64()), ("account_id", pa.string()), ("door", pa.string()), ("since", pa.date32())]
    + [field for field in forms.OF_NAMES if field.name != "name"]
    + [field for field in forms.OF_PHONES if field.name != "phone"]
    + [("email", pa.string()), ("mailbox", pa.string())]
    + [field for field in forms.OF_ADDRESSES if field.name != "address"]
    + [("birthday", pa.string()), ("id_number", pa.string())]
    + [(name, pa.bool_()) for name in VERIFIED]
    + [("cards", pa.list_(pa.string())), ("orders", pa.list_(pa.string()))]
)
ROWS = f"""
create table rows as
with told as (
    select account_id, {", ".join((*KINDS, *VERIFIED))}, min(since) as since from records group by all
),
silent as (
    select account_id from paid union select account_id from quoted except select account_id from told
),
every as (from told union all by name from silent)
select row_number() over (order by account_id, since, {", ".join((*KINDS, *VERIFIED))}) - 1 as record_id, * from every
"""
PREPARED = """
with cards as (select account_id, list_sort(list(distinct payment_card)) as cards from paid group by account_id),
quotes as (select account_id, list_sort(list(distinct order_id)) as orders from quoted group by account_id)
select rows.*, nullif(split_part(account_id, ':', 1), account_id) as door,
  names.* exclude (name), phones.* exclude (phone), addresses.* exclude (address),
  regexp_replace(email, '[._-]|[+@].*', '', 'g') as mailbox,
  coalesce(cards, []) as cards, coalesce(orders, []) as orders
from rows left join names using (name) left join phones using (phone) left join addresses using (address)
left join cards using (account_id) left join quotes using (account_id) order by record_id
"""


def prepare(records: pa.Table, paid: pa.Table | None = None, quoted: pa.Table | None = None) -> pa.Table:
    """One row per account and thing said (``SCHEMA``), in order; what was said twice is one row, of its first night.

    ``records``: account_id, since, and any of ``KINDS`` with is_phone_verified and is_email_verified, in clear text;
    ``paid``: account_id, payment_card; ``quoted``: account_id, order_id, of who placed an order that somebody asked
    about, and of who asked. An account that says nothing but pays has a row; its ``door`` is what its id begins with,
    as ``card:1``; a number in ``record_id`` is of this call alone. ValueError where a column has another name.
    """
    if odd := {*records.column_names} - {*TOLD.names, "payment_card"}:
        raise ValueError(f"records have no column {', '.join(sorted(odd))}; they may have {', '.join(KINDS)}")
    with duckdb.connect() as db:
        for name, table, schema in (("records", records, TOLD), ("paid", paid, PAID), ("quoted", quoted, QUOTED)):
            db.register(name, _whole(table, schema))
        db.execute(ROWS)
        for name, of in (("name", forms.of_names), ("phone", forms.of_phones), ("address", forms.of_addresses)):
            texts = db.sql(f"select distinct {name} from rows where {name} <> ''").fetchall()
            db.register(f"{name}s" if name != "address" else "addresses", of(text for (text,) in texts))
        return db.sql(PREPARED).to_arrow_table().select(SCHEMA.names).cast(SCHEMA)


def _whole(table: pa.Table | None, schema: pa.Schema) -> pa.Table:
    """With all its columns; of nothing where there is none."""
    if table is None:
        return schema.empty_table()
    absent = pa.nulls(table.num_rows)
    columns = {name: table[name] if name in table.column_names else absent for name in schema.names}
    return pa.table(columns).cast(schema)
