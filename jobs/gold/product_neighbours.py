"""``gold.product_neighbours``: customers who bought this also bought that.

Counted in one Python worker: at most 20,000 customers and 3,000 products, of which a matrix takes 72 MB.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from scipy import sparse

from expectations.gold.product_neighbours import product_neighbours as contract
from jobs.arrow import ddl, shaped
from jobs.statistics import neighbours

PRODUCTS, CUSTOMERS, NEIGHBOURS, FEWEST = 3_000, 20_000, 20, 5
DIGITS = 6


def product_neighbours(customer_products: DataFrame, products: DataFrame) -> DataFrame:
    """Of what is in the master."""
    bought = customer_products.join(products.select("product_id"), "product_id", "leftsemi")
    many = bought.groupBy("product_id").agg(F.count("*").alias("buyers")).where(F.col("buyers") >= FEWEST)
    most = many.orderBy(F.desc("buyers"), "product_id").limit(PRODUCTS).select("product_id")
    who = bought.select("customer_id").distinct().orderBy(F.xxhash64("customer_id"), "customer_id").limit(CUSTOMERS)
    some = bought.join(F.broadcast(most), "product_id").join(F.broadcast(who), "customer_id")
    shape = ddl(contract.columns)
    pairs = some.select("customer_id", "product_id", "days_half_life_120d")
    return pairs.groupBy().applyInArrow(found, shape)


def found(bought: pa.Table) -> pa.Table:
    """``customer_id``, ``product_id`` and days, a row for each pair. Of equals the first by name."""
    rows = bought.to_pandas()
    who, _ = pd.factorize(rows["customer_id"], sort=True)
    what, names = pd.factorize(rows["product_id"], sort=True)
    chosen = sparse.csr_matrix((np.log1p(rows["days_half_life_120d"]), (who, what)))
    similar, both = neighbours.alike(chosen)
    near = np.where(both >= FEWEST, similar.round(DIGITS), 0)
    nearest = np.argsort(-near, axis=1, kind="stable")[:, :NEIGHBOURS]
    one, place = np.nonzero(np.take_along_axis(near, nearest, axis=1))
    other, buyers = nearest[one, place], np.diag(both)
    told = {
        "product_id": names[one],
        "other_product_id": names[other],
        "similarity": near[one, other].clip(0, 1),
        "place": place + 1,
        "buyers": buyers[one],
        "other_buyers": buyers[other],
        "both_buyers": both[one, other],
    }
    return shaped(pd.DataFrame(told), contract)
