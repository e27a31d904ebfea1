"""What all models take to score 200,000 customers with 5 million lines of samples/scale, and what the driver keeps.

They learn from a smaller world of the same kind, a year long. Days of accounts are made from the world itself; all that
follows is made by the jobs, as a night makes it.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

import expectations
from benchmarks.timing import peak, resident, seconds
from jobs.lake import delta
from jobs.models.scoring import Champion
from jobs.night import wiring
from jobs.registry.references import scored_by
from jobs.session import Settings, spark
from samples.complete_journey import FIRST_DAY
from samples.scale import buying, goods, lives
from samples.scale.block import priced
from samples.scale.build import BLOCK

LEARNED, SCORED = (6_000, 365, 2), (200_000, 135, 1)  # customers, days, seed
MODELS = ("clv", "segments", "churn", "propensity", "next_purchase")
TABLES = {
    "gold.account_days": """select account_id, ordered_on, channel, 1::long as orders, count(*) as lines,
        {paid} as purchased, 0::decimal(18, 2) as returned, {paid} as spend, {card} as card_discount,
        0::decimal(18, 2) as coupon_discount, 0::decimal(18, 2) as coupon_match from lines group by all""",
    "gold.account_department_days": """select account_id, ordered_on, channel, department, count(*) as lines,
        count_if(card > 0) as discounted_lines, {paid} as sales, 0::decimal(18, 2) as private_label_sales,
        list_sort(list(distinct category)) as categories
        from lines group by all""",
    "gold.account_store_days": """select account_id, ordered_on, channel, 'store:1' as store_id, 1::long as orders,
        1::long as timed, [8 + (hash(account_id) % 12)::int] as hours, (hash(account_id) % 12 < 4)::long as morning,
        (hash(account_id) % 12 > 8)::long as evening from lines group by all""",
    "gold.sales_baskets": """select channel, account_id || ' ' || ordered_on as order_id, account_id, ordered_on,
        count(*) as lines, list_sort(list(distinct product_id)) as products from lines group by all""",
    "silver.products": """select product_id, null::varchar as product_name, null::varchar as manufacturer_id,
        department, category, category as product_type, false as is_private_label, null::varchar as package_size,
        null::decimal(18, 3) as package_amount, null::varchar as package_unit from lines group by all""",
    "silver.customers": """select account_id, split_part(account_id, ':', 2)::long as customer_id,
        min(ordered_on) as known_on, null::double as probability, null::varchar as reason from lines group by all""",
}


@dataclass
class World:
    """Tables by name, made once for a day; ``took``: the seconds of each."""

    spark: SparkSession
    folder: Path
    champions: dict[str, Champion] = field(default_factory=dict)
    took: dict[str, float] = field(default_factory=dict)

    def __call__(self, name: str, day: date, cut: date) -> DataFrame:
        """As models ask for it."""
        if (file := self.folder / f"{name}.parquet").exists():
            found = self.spark.read.parquet(str(file))
            return found.where(F.col("ordered_on") <= F.lit(day)) if "ordered_on" in found.columns else found
        place = self.folder / f"{name} {day} {cut}"
        if not place.exists():
            made = self._made(name, day, cut)
            self.took[name] = seconds(lambda: made.write.parquet(str(place)))
        return self.spark.read.parquet(str(place))

    def _made(self, name: str, day: date, cut: date) -> DataFrame:
        table = expectations.TABLES[name]
        if not table.made_from or table.layer != "gold":
            return delta.empty(self.spark, table)  # nobody asks, clicks or complains here
        return wiring.make(table, {of: self(of, day, cut) for of in table.made_from}, cut, self.champions)


def build(folder: Path, customers: int, days: int, seed: int) -> int:
    """A world's days of accounts; how many lines they have."""
    members, prices = lives.Members(), goods.prices(seed)
    (folder / "lines").mkdir(parents=True)
    for n, first in enumerate(range(0, customers, BLOCK)):
        draw = np.random.default_rng([seed, 2, n])
        of = lives.live(list(range(first + 1, min(first + BLOCK, customers) + 1)), members, days, draw)
        bought = priced(buying.purchases(of, days, buying.targets(of, days, draw), draw), prices)
        told = {
            "account_id": "card:" + pd.Series(of.number[bought["who"]]).astype(str),
            "ordered_on": pd.Timestamp(FIRST_DAY) + pd.to_timedelta(bought["day"].to_numpy(), unit="D"),
            "n": bought["category"].to_numpy(),
            "product_id": "store:" + goods.number(bought["category"], bought["article"]).astype(str).to_numpy(),
            "paid": bought["paid"].to_numpy(),
            "card": bought["card"].to_numpy(),
        }
        pd.DataFrame(told).to_parquet(folder / "lines" / f"{n}.parquet")
    kinds = pd.DataFrame([(of.department, of.name) for of in goods.CATEGORIES], columns=["department", "category"])
    money = {name: f"(sum({name}) / 100)::decimal(18, 2)" for name in ("paid", "card")}
    with duckdb.connect() as db:
        db.register("kinds", kinds.reset_index(names="n"))
        db.sql(f"""create view lines as select account_id, ordered_on::date as ordered_on, 'store' as channel,
            department, category, product_id, paid, card from '{folder}/lines/*.parquet' join kinds using (n)""")
        for name, query in TABLES.items():
            db.sql(query.format(**money)).write_parquet(str(folder / f"{name}.parquet"))
        return db.sql("select count(*) from lines").fetchone()[0]  # type: ignore[index]


def scoring(folder: Path) -> dict[str, float]:
    session, found = spark(Settings(landing=folder)), dict[str, float]()
    learned, scored = World(session, folder / "learned"), World(session, folder / "scored")
    build(learned.folder, *LEARNED)
    lines = build(scored.folder, *SCORED)
    models = [expectations.MODELS[name] for name in MODELS]
    last = last_day(LEARNED)
    for model in models:
        fitted = importlib.import_module(f"jobs.models.{model.name}").fit(learned, last - timedelta(model.holdout_days))
        scored.champions[model.name] = Champion(1, fitted)
    before, tables = resident(), [scored_by(model).name for model in models]
    for name in tables:
        rows = scored(name, last_day(SCORED), last_day(SCORED)).count()
        found[f"{name}: seconds, of {rows:,} rows"] = scored.took[name]
    return {
        f"lines of {SCORED[0]:,} customers": lines,
        "scoring, all five (goal: 90 s)": sum(scored.took[name] for name in tables),
        **found,
        "the features that they share, seconds": sum(of for name, of in scored.took.items() if name not in tables),
        "the driver's Python had before, MB": before,
        "and at most while it scored, MB": peak(),
    }


def last_day(of: tuple[int, int, int]) -> date:
    return FIRST_DAY + timedelta(days=of[1] - 1)
