"""What a model of recommendations, and its judge, see at a cut: candidates, and what was bought of them later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import functions as F

from jobs.gold.customer_products import DATED, of_baskets
from jobs.models.assortment import Assortment
from jobs.models.candidates import candidates
from jobs.models.examples import Known, drawn, is_after
from jobs.models.recommender import NEWCOMER
from jobs.statistics.recurrence import HISTORY, HORIZON

MOST = 3_000  # customers of a cut
ACTIVE = timedelta(days=365)  # who bought nothing for so long is told nothing
EVERY_DAY = 0  # of all that somebody bought; 1, 2: as if they were known for that many days


@dataclass(frozen=True)
class Seen:
    """At a cut: ``rows`` of candidates by how many days are known of a customer, all that is their ``own``, what was
    ``bought`` of the master in the 14 days after (``customer_id``, ``product``: its code), and the ``shop`` of then."""

    rows: dict[int, pd.DataFrame]
    own: pd.DataFrame
    bought: pd.DataFrame
    shop: Assortment


def seen(known: Known, cut: date, until: date) -> Seen:
    """Of at most so many customers, the same ones each time."""
    shop = Assortment.of(*(known(f"gold.product_{name}", cut, cut).toPandas() for name in ("features", "neighbours")))
    baskets = _baskets(known, cut, until)
    ago = baskets["ago"]
    before, after = baskets.filter(pc.greater_equal(ago, 0)), baskets.filter(pc.less(ago, 0))
    master = known("silver.products", until, cut).select("product_id").toArrow()["product_id"]
    of_master = _each(after).filter(pc.is_in(_each(after)["product_id"], master))
    bought = of_master.to_pandas().drop_duplicates(ignore_index=True)
    bought["product"] = shop.codes(bought["product_id"])
    of_days = {
        days: of_baskets(_latest(before, days)).to_pandas().rename(columns=DATED) for days in range(NEWCOMER + 1)
    }
    rows = {days: _with_labels(candidates(of, shop), bought) for days, of in of_days.items()}
    own = _with_labels(_own(of_days[EVERY_DAY], shop), bought)
    return Seen(rows, own, bought[bought["customer_id"].isin(own["customer_id"])], shop)


def _baskets(known: Known, cut: date, until: date) -> pa.Table:
    """``customer_id``, ``products`` and days ``ago`` of two years, and of the 14 days after, below 0."""
    whose = known("silver.customers", cut, cut).select("account_id", "customer_id")
    on = F.col("ordered_on")
    before = known("gold.sales_baskets", cut, cut).where((on <= F.lit(cut)) & (on > F.lit(cut - timedelta(HISTORY))))
    after = known("gold.sales_baskets", until, cut).where(is_after(cut, HORIZON))
    here, later = (
        of.select("account_id", "ordered_on", "products").join(whose, "account_id") for of in (before, after)
    )
    some = drawn(here.where(on > F.lit(cut - ACTIVE)).select("customer_id").distinct(), MOST)
    every = here.unionByName(later).join(F.broadcast(some), "customer_id")
    return every.select("customer_id", "products", F.datediff(F.lit(cut), on).alias("ago")).toArrow()


def _each(baskets: pa.Table) -> pa.Table:
    lists = baskets["products"].combine_chunks()
    who = baskets["customer_id"].take(pc.list_parent_indices(lists))
    return pa.table({"customer_id": who, "product_id": pc.list_flatten(lists)})


def _latest(baskets: pa.Table, days: int) -> pa.Table:
    """What was bought on the latest so many ``days`` of each customer; 0: on all."""
    if days == EVERY_DAY:
        return baskets
    visits = baskets.select(["customer_id", "ago"]).to_pandas()
    return baskets.filter(pa.array(visits.groupby("customer_id")["ago"].rank("dense") <= days))


def _own(bought: pd.DataFrame, shop: Assortment) -> pd.DataFrame:
    """Of what is sold, with its popularity: what lists by hand are made of."""
    rows = bought.assign(product=shop.codes(bought["product_id"]))
    rows = rows[rows["product"] >= 0]
    return rows.assign(popular_90d=shop.numbers["popular_90d"][rows["product"]])


def _with_labels(rows: pd.DataFrame, bought: pd.DataFrame) -> pd.DataFrame:
    """``is_bought``, and how many products that customer ``bought``."""
    pairs, asked = (pd.MultiIndex.from_frame(of[["customer_id", "product"]]) for of in (bought, rows))
    many = rows["customer_id"].map(bought.groupby("customer_id").size()).fillna(0)
    return rows.assign(is_bought=asked.isin(pairs), bought=many)
