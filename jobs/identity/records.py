"""What accounts said of their owners, from their identifiers: the records that are compared."""

from __future__ import annotations

from datetime import date

import duckdb
import pyarrow as pa

MOST = 3  # values of a kind, the newest: an account that orders for many people is compared by its last ones
COMBINED = """
with told as (
    select account_id, kind, value, known_on, verified_on <= $as_of as is_verified,
           row_number() over (partition by account_id, kind order by known_on desc, token) as nth
    from identifiers where value is not null
),
newest as (from told where nth <= $most),
accounts as (select distinct account_id from newest)
select
    a.account_id,
    greatest(n.known_on, p.known_on, e.known_on, d.known_on, b.known_on) as since,
    n.value as name,
    p.value as phone, p.is_verified as is_phone_verified,
    e.value as email, e.is_verified as is_email_verified,
    d.value as address,
    b.value as birthday
from accounts a
left join newest n on n.account_id = a.account_id and n.kind = 'name'
left join newest p on p.account_id = a.account_id and p.kind = 'phone'
left join newest e on e.account_id = a.account_id and e.kind = 'email'
left join newest d on d.account_id = a.account_id and d.kind = 'address'
left join newest b on b.account_id = a.account_id and b.kind = 'birthday'
order by all
"""
PAID = """
select account_id, token as payment_card, known_on as since from identifiers where kind = 'payment_card' order by all
"""


def records(identifiers: pa.Table, as_of: date) -> tuple[pa.Table, pa.Table]:
    """What each account said, a row for each way in which its values go together; and which card paid for whom.

    ``identifiers``: as in its contract, with ``value``, as known at ``as_of``. What was said at one time may be another
    value's neighbour here: somebody who moved and then changed the number is known by each of them.
    """
    with duckdb.connect() as db:
        db.register("identifiers", identifiers)
        told = db.execute(COMBINED, {"as_of": as_of, "most": MOST}).to_arrow_table()
        return told, db.execute(PAID).to_arrow_table()
