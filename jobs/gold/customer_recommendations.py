"""``gold.customer_recommendations``: ten products for each customer, and three that are new to them.

What is known of products is as large as the assortment, and goes to each worker; customers stay where they are, and are
scored some thousands at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from scipy import sparse

from expectations.gold.customer_recommendations import customer_recommendations as contract
from jobs.arrow import ddl, shaped
from jobs.gold.customer_products import DATED
from jobs.models import assortment
from jobs.models.assortment import Assortment
from jobs.models.candidates import HALF_LIVES, OF_CUSTOMER, candidates, ranks
from jobs.models.recommended import explained
from jobs.models.scoring import Champion

ACTIVE, ROWS = 365, 1_000_000  # days; rows of whole customers that are scored at once
LISTS = {"likely": 10, "discover": 3}
NEEDS = ("customer_id", "product_id", "product_days", *HALF_LIVES.values(), *OF_CUSTOMER)


def customer_recommendations(
    customer_products: DataFrame,
    product_features: DataFrame,
    product_neighbours: DataFrame,
    product_rules: DataFrame,
    recommendations: Champion,
    as_of: date,
) -> DataFrame:
    """Of who bought something within the year, by the champion of the night."""
    shop = Assortment.of(product_features.toPandas(), product_neighbours.toPandas())
    rules = lifts(product_rules, shop)
    ago = {of: F.datediff(F.lit(as_of), F.col(name)).alias(of) for name, of in DATED.items()}
    bought = customer_products.select(*NEEDS, *ago.values())
    whole = bought.repartition("customer_id").sortWithinPartitions("customer_id", "product_id")

    def lists(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for some in of_whole_customers(batches):
            yield from listed(some, shop, rules, recommendations).to_batches()

    return whole.mapInArrow(lists, ddl(contract.columns))


def lifts(product_rules: DataFrame, shop: Assortment) -> sparse.csr_matrix:
    """Lift from product to product, of rules of two."""
    of_two = product_rules.where("level = 'product' and antecedent_2 is null and lift > 1")
    pairs = of_two.select("antecedent", "consequent", "lift").toPandas()
    ids = pd.Index(shop.products["product_id"])
    return assortment.matrix(pairs, ids, "antecedent", "consequent", "lift")


def of_whole_customers(batches: Iterator[pa.RecordBatch]) -> Iterator[pd.DataFrame]:
    """Rows sorted by customer, about ``ROWS`` at a time; a customer is never cut in two."""
    held, many = list[pa.RecordBatch](), 0
    for batch in batches:
        held, many = [*held, batch], many + len(batch)
        if many >= ROWS:
            rows = pa.Table.from_batches(held).to_pandas()
            is_last = rows["customer_id"] == rows["customer_id"].iloc[-1]
            if not is_last.all():
                yield rows[~is_last]
            held, many = (
                pa.Table.from_pandas(rows[is_last], held[0].schema, preserve_index=False).to_batches(),
                is_last.sum(),
            )
    if many:
        yield pa.Table.from_batches(held).to_pandas()


def listed(bought: pd.DataFrame, shop: Assortment, rules: sparse.csr_matrix, champion: Champion) -> pa.Table:
    """Both lists of the customers whose rows these are."""
    active = bought.groupby("customer_id")["last"].transform("min") < ACTIVE
    own = bought[active].assign(product=shop.codes(bought["product_id"][active]))
    rows = candidates(own, shop) if shop.size and len(own) else own.iloc[:0]
    if not len(rows):
        return shaped(pd.DataFrame(columns=[column.name for column in contract.columns]), contract)
    rows = rows.assign(**champion.model.predict(rows), model_version=champion.version)
    best = [ranked(rows[~rows["is_own"]] if name == "discover" else rows, name) for name in LISTS]
    told = explained(pd.concat(best, ignore_index=True), own[own["product"] >= 0], shop, rules, champion.model)
    of_product = {
        name: shop.products[name].to_numpy()[told["product"]] for name in ("product_id", "department", "category")
    }
    return shaped(told.assign(**of_product), contract)


def ranked(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """The first of each customer."""
    place = ranks(rows, np.asarray(rows["probability"]))
    return rows.assign(list=name, place=place + 1)[place < LISTS[name]]
