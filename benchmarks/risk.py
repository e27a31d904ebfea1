"""Whom the risk model finds of those who abuse what the shop grants: 0.5 % of 100,000 customers of samples/scale, who
lie in its truth, half a year long. Who is whose is told by the truth; all that follows is made by the jobs.

    python -m benchmarks.run risk

The model learns from what was known 90 days before, as a night's champion does, and scores the last day.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from benchmarks.scoring import World, last_day
from benchmarks.timing import cost, seconds
from jobs.models import risk
from jobs.models.scoring import Champion
from jobs.registry import parameters
from jobs.session import Settings, spark
from jobs.vault.normal import normal
from samples.many_doors.accounts import Desk
from samples.scale import abuse, goods, lives
from samples.scale.block import Block, happen, on
from samples.scale.build import OTHERS, City, blocks, first_order

WORLD = (100_000, 180, 2)  # customers, days, seed
SPACES = {"store": "card", "app": "app", "delivery": "delivery"}
OF_LINES = ["units", "paid", "card", "coupon", "campaign"]
#: Each with ``ordered_on``, the day from which it is known.
TABLES = {
    "gold.account_days": """select account_id, ordered_on, door as channel,
        count(distinct order_id) filter (units > 0) as orders, count(*) filter (units > 0) as lines,
        {purchased} as purchased, {returned} as returned, purchased - returned as spend, {card} as card_discount,
        {coupon} as coupon_discount, 0::decimal(18, 2) as coupon_match
        from lines join orders using (order_id) where account_id is not null group by all""",
    "silver.customers": """select account_id, min(customer_id) as customer_id, min(ordered_on) as ordered_on
        from accounts group by all""",
    "silver.identifiers": """select account_id, 'address' as kind, address as token, ordered_on from addresses union all
        select account_id, 'payment_card', payment, min(ordered_on) from orders where payment <> '' group by all""",
    "silver.redemptions": """select distinct account_id, campaign, ordered_on, ordered_on as redeemed_on
        from lines join orders using (order_id) where campaign > 0 and account_id like 'card:%'""",
    "silver.campaign_targets": "select * from targets",
}


def build(folder: Path, customers: int, days: int, seed: int) -> int:
    """The tables of a world as parquet, and its truth; how many lines they have."""
    desk, members, prices = Desk(seed, 1), lives.Members(), goods.prices(seed)
    (folder / "blocks").mkdir(parents=True)
    for n, persons in enumerate(blocks(City(OTHERS + seed), customers)):
        block = happen(persons, members, desk, prices, days, first_order(n), np.random.default_rng([seed, 2, n]))
        for name, rows in told(block).items():
            rows.to_parquet(folder / "blocks" / f"{name} {n}.parquet")
    names = {name: f"sum({name}) filter (units > 0)" for name in ("card", "coupon")}
    names |= {"purchased": "sum(paid) filter (units > 0)", "returned": "-sum(paid) filter (units < 0)"}
    money = {name: f"(coalesce({of}, 0) / 100)::decimal(18, 2)" for name, of in names.items()}
    with duckdb.connect() as db:
        for name in ("orders", "lines", "accounts", "addresses", "targets", "truth"):
            db.sql(f"create view {name} as from '{folder}/blocks/{name} *.parquet'")
        for name, query in TABLES.items():
            db.sql(query.format(**money)).write_parquet(str(folder / f"{name}.parquet"))
        db.table("truth").write_parquet(str(folder / "truth.parquet"))
        return db.sql("select count(*) from lines").fetchone()[0]  # type: ignore[index]


def told(block: Block) -> dict[str, pd.DataFrame]:
    """What the doors see of a block of customers. Who shows no card at the till is known by that which paid."""
    orders = block.orders.rename(columns={"order": "order_id", "day": "ordered_on"})
    account = orders["door"].map(SPACES) + ":" + orders["account"]
    paid = ("pay:" + orders["payment"]).where(orders["payment"] != "")
    orders = orders.assign(account_id=account.where(orders["account"] != "", paid))
    every = [(of, f"{of.door}:{of.number}", person) for person in block.persons for of in block.doors[person.number]]
    accounts = [(name, person.number, of.opened) for of, name, person in every]
    addresses = [
        (name, normal("address", said, ())[0], day)
        for of, name, _ in every
        for day in (of.opened, *of.changed_on(("address",)))
        if (said := of.says("address", day))
    ]
    cards = [f"card:{block.doors[person.number].cards[0].number}" for person in block.persons]
    targets = [(of.number, cards[who], on(of.starts)) for of, whom in block.sent for who in whom]
    return {
        "orders": orders[["order_id", "account_id", "ordered_on", "door", "payment"]],
        "lines": block.lines.rename(columns={"order": "order_id"})[["order_id", *OF_LINES]],
        "accounts": pd.DataFrame(accounts, columns=["account_id", "customer_id", "ordered_on"]),
        "addresses": pd.DataFrame(addresses, columns=["account_id", "address", "ordered_on"]),
        "targets": pd.DataFrame(targets, columns=["campaign_id", "account_id", "ordered_on"]),
        "truth": pd.DataFrame({"customer_id": block.lives.number, "abuses": block.lives.abuses}),
    }


def found(folder: Path) -> dict[str, float]:
    """Shares of those who abuse something that are among the first 2 %, by the model and by hand; what it costs."""
    lines = build(folder / "risk", *WORLD)
    world = World(spark(Settings(landing=folder)), folder / "risk")
    last = last_day(WORLD)
    cut = last - timedelta(days=risk.HORIZON)
    world("gold.customer_risk_features", cut, cut)
    model, fitting, _ = cost(risk.fit, world, cut)
    world.champions["risk"] = Champion(1, model)
    judged, judging, _ = cost(risk.judge, model, world, cut, last, None)
    world("gold.customer_risk_features", last, last)
    scoring = seconds(lambda: world("gold.customer_risk", last, last))
    names = (f"{name} {last} {last}" for name in ("gold.customer_risk_features", "gold.customer_risk"))
    rows, scores, truth = (pd.read_parquet(folder / "risk" / name) for name in (*names, "truth.parquet"))
    seen = rows.merge(scores[["customer_id", "risk_score", "risk_tier"]]).merge(truth)
    returned = (seen["returned"] / np.maximum(seen["purchased"], 0.01)).to_numpy()
    said = {"the model": seen["risk_score"].to_numpy(), "a rule on returned share alone": returned}
    said["the feature farthest from usual"] = risk.farthest(model, seen)
    return {
        f"lines of {len(seen):,} customers": lines,
        **{f"in the first 2 % by {name}, of who abuses {kind}": of for name, one in said.items()
           for kind, of in shares(seen["abuses"], one).items()},
        "tier 5: customers": int((seen["risk_tier"] == 5).sum()),
        "tier 5: share of them that abuse something": float((seen["abuses"] != "")[seen["risk_tier"] == 5].mean()),
        **{f"judged without truth: {name}": of for name, of in judged.all_metrics().items()},
        "features, seconds": world.took["gold.customer_risk_features"],
        "fitting, seconds": fitting,
        "judging at three cuts, with their features, seconds": judging,
        "scoring, seconds": scoring,
        "the model in JSON, MB": len(parameters.text(model)) / 1e6,
    }  # fmt: skip


def shares(abuses: pd.Series, said: np.ndarray) -> dict[str, float]:
    kinds = {"anything": abuses != "", **{kind: abuses == kind for kind in abuse.KINDS}}
    return {kind: float(risk.first(said)[of].mean()) for kind, of in kinds.items()}
