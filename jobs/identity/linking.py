"""Which accounts are one person's, pair by pair: for certain, probably, or not at all."""

from __future__ import annotations

from collections.abc import Collection

import duckdb
import pyarrow as pa

from jobs.identity import pairs, reasons
from jobs.identity.certain import PAYS, certain
from jobs.identity.model import Model
from jobs.identity.pairs import USUAL, Limits

LINKS = pa.schema(
    {
        **{name: pa.string() for name in ("account_l", "account_r", "kind")},
        **{name: pa.float64() for name in ("probability", "weight")},
        "reason": pa.string(),
    }
)


def links(
    prepared: pa.Table, model: Model, changed: Collection[str] | None = None, limits: Limits = USUAL
) -> tuple[pa.Table, set[str], int]:
    """The links (``LINKS``, in order), the accounts whose links they are, and how many pairs were compared.

    ``kind``: certain, probable, or different: they have something in common, and cannot be one person; an account that
    is different from itself names two. ``weight``: bits for one person. With ``changed`` accounts only their pairs are
    made, and those of whoever shares an identifier with them: put these links in the place of all that have a touched
    account, and the table is as if all were made anew.
    """
    with duckdb.connect() as db:
        pairs.block(db, prepared, changed, limits)
        [(many,)] = db.sql("select count(*) from compared").fetchall()
        kinds = pairs.compare(db, prepared, model, limits)
        certain(db, limits)
        _judge(db, limits)
        rows = db.sql(f"""
            select *, case when account_l = account_r then if(is_mixed, 'different', null)
              when contradicts then if({_near(kinds)}, 'different', null) when is_mixed then null
              when because is not null then 'certain' when pays or agreeing < 2 and not is_alone then null
              when probability >= {limits.probability} then 'probable' when are_two then 'different' end as kind
            from judged where kind is not null and (account_l in (from touched) or account_r in (from touched))
            order by account_l, account_r
        """).to_arrow_table()
        touched = {account for (account,) in db.sql("from touched").fetchall()}
    return pa.Table.from_pylist([_link(row, kinds) for row in rows.to_pylist()], LINKS), touched, many


def _judge(db: duckdb.DuckDBPyConnection, limits: Limits) -> None:
    """Table ``judged``: bits and probability. Whoever shares a home or an identifier is judged by what is personal."""
    db.execute(f"""
        create table judged as select found.*, because, alone.account_l is not null as is_alone,
          case when is_alone then home + {limits.alone} when is_at_home then least(weight, home)
            else weight end as bits,
          1 / (1 + pow(2, -bits)) as probability,
          account_l in (from mixed) or account_r in (from mixed) as is_mixed,
          starts_with(account_l, '{PAYS}') or starts_with(account_r, '{PAYS}') as pays
        from found left join proved using (account_l, account_r) left join alone using (account_l, account_r)
    """)


def _near(kinds: list[str]) -> str:
    """They have something in common that would join them."""
    shared = [f"gamma_{kind} in {pairs.gammas(kind, 'agrees')}" for kind in kinds if kind not in ("name", "birthday")]
    return " or ".join(shared) or "false"


def _link(row: dict, kinds: list[str]) -> dict:
    probability = {"certain": 1.0, "probable": round(row["probability"], 6), "different": 0.0}[row["kind"]]
    found = {name: row[name] for name in ("account_l", "account_r", "kind")}
    return found | {"probability": probability, "weight": row["bits"], "reason": reasons.of_pair(row, kinds)}
