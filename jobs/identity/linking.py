"""Which accounts are one person's, pair by pair: for certain, probably, or not at all."""

from __future__ import annotations

from collections.abc import Collection

import duckdb
import pyarrow as pa

from jobs.identity import blocks, pairs, reasons
from jobs.identity.certain import PAYS, certain, spread
from jobs.identity.comparisons import gammas
from jobs.identity.model import Model, kinds_of
from jobs.identity.pairs import USUAL, Limits, probability

LINKS = pa.schema(
    {
        **{name: pa.string() for name in ("account_l", "account_r", "kind")},
        **{name: pa.float64() for name in ("probability", "weight")},
        "reason": pa.string(),
    }
)


def links(
    prepared: pa.Table,
    model: Model,
    changed: Collection[str] | None = None,
    new: Collection[str] = (),
    limits: Limits = USUAL,
) -> tuple[pa.Table, set[str], int]:
    """The links (``LINKS``, in order), the accounts whose links they are, and how many pairs were compared.

    ``kind``: certain, probable, or different: they have something in common, and cannot be one person; an account that
    is different from itself names two. ``weight``: bits for one person. With ``changed`` accounts only their pairs are
    made, and those of whoever they touch: put these links in the place of all that have a touched account, and the
    table is as if all were made anew. ``new``: those of the changed that were not there before; they touch fewer.
    """
    with duckdb.connect() as db:
        blocks.lay(db, prepared)
        blocks.touch(db, changed, new, limits)
        db.register("first", pairs.compare(db, blocks.block(db, limits), model, limits))
        db.execute("create table found as from first")
        certain(db, limits)
        if changed is not None and spread(db, limits):
            db.register("more", pairs.compare(db, blocks.block(db, limits), model, limits))
            db.execute("insert into found from more")
            certain(db, limits)
        [(many,)] = db.sql("select count(*) from compared").fetchall()
        touched = {account for (account,) in db.sql("from touched").fetchall()}
        return _judged(db, kinds_of(model), limits), touched, many


def _judged(db: duckdb.DuckDBPyConnection, kinds: list[str], limits: Limits) -> pa.Table:
    """Bits, probability and kind. Whoever shares a home or an identifier is judged by what is personal."""
    rows = db.sql(f"""
        with judged as (
          select found.*, because, alone.account_l is not null as is_alone,
            case when has_same_id and not is_disputed then weight when is_alone then home
              when is_at_home or is_disputed then least(weight, home) else weight end as bits,
            {probability("bits")} as probability,
            account_l in (from mixed) or account_r in (from mixed) as is_mixed,
            starts_with(account_l, '{PAYS}') or starts_with(account_r, '{PAYS}') as pays
          from found left join proved using (account_l, account_r) left join alone using (account_l, account_r)
          where account_l in (from touched) or account_r in (from touched))
        select *, case when account_l = account_r then if(is_mixed, 'different', null)
          when contradicts then if({_near(kinds)}, 'different', null) when is_mixed then null
          when because is not null then 'certain' when pays or agreeing < 2 and not is_alone then null
          when probability >= {limits.probability} then 'probable' when are_two then 'different' end as kind
        from judged where kind is not null order by account_l, account_r
    """).to_arrow_table()
    sure = {"certain": 1.0, "different": 0.0}
    found = zip(rows["kind"].to_pylist(), rows["probability"].to_pylist(), strict=True)
    return pa.table(
        {name: rows[name] for name in ("account_l", "account_r", "kind")}
        | {"probability": [sure.get(kind, round(of, 6)) for kind, of in found], "weight": rows["bits"]}
        | {"reason": reasons.of_pairs(rows, kinds)}
    ).cast(LINKS)


def _near(kinds: list[str]) -> str:
    """They have something in common that would join them."""
    shared = [f"gamma_{kind} in {gammas(kind, 'agrees')}" for kind in kinds if kind not in ("name", "birthday")]
    return " or ".join(shared) or "false"
