"""What is bought together in a million baskets: the sets of product_rules beside DuckDB's, from the same rows.

python -m benchmarks.run nights baskets
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from deltalake import DeltaTable
from scipy import sparse

from benchmarks.timing import cost
from jobs.gold.product_rules import SHARE
from jobs.statistics import association
from jobs.statistics.association import Frequent

BASKETS = 1_000_000
SETS = """
    create table often as select basket, product from bought semi join
        (select product from bought group by 1 having count(*) >= {least}) using (product);
    create table pairs as select one.product as a, other.product as b, count(*) as n
        from often one join often other using (basket) where a < b group by all having n >= {least};
    create table triples as select pair.a, pair.b, third.product as c, count(*) as n from
        (select basket, a, b from often one join often other using (basket) join pairs
            on a = one.product and b = other.product) pair
        join often third using (basket) where b < c group by all having n >= {least}"""


def baskets(folder: Path) -> dict[str, float]:
    """``folder``: with the ``lake`` of the part nights, whose baskets are drawn with replacement."""
    sold = DeltaTable(folder / "lake/gold/sales_baskets").to_pyarrow_table(columns=["products"])["products"]
    lists = sold.combine_chunks().take(np.random.default_rng(0).integers(0, len(sold), BASKETS))
    bought = pa.table({"basket": pc.list_parent_indices(lists), "product": pc.list_flatten(lists)})
    least = int(np.ceil(SHARE["product"] * BASKETS))
    with duckdb.connect() as db:
        db.register("came", bought)
        db.sql("create table bought as select * from came")
        _, theirs, _ = cost(lambda: db.execute(SETS.format(least=least)))
        told = {name: db.sql(f"select count(*), sum(n) from {name}").fetchone() for name in ("pairs", "triples")}
    found, ours, _ = cost(counted, bought, least)
    mine = {"pairs": found.pairs_both.sum(axis=1), "triples": found.triples_both}
    assert {name: (len(of), of.sum()) for name, of in mine.items()} == told, "they count other sets"
    return {
        f"rows of {BASKETS:,} baskets": float(bought.num_rows),
        f"pairs in {least} baskets or more": float(len(found.pairs)),
        "triples": float(len(found.triples)),
        "ours, by size of basket too, seconds": ours,
        "DuckDB, seconds (goal: no less than ours)": theirs,
    }


def counted(bought: pa.Table, least: int) -> Frequent:
    """As ``product_rules`` does it."""
    item = bought["product"].combine_chunks().dictionary_encode()
    place = (bought["basket"].to_numpy(), item.indices.to_numpy())
    held = sparse.csr_matrix((np.ones(bought.num_rows, int), place), (BASKETS, len(item.dictionary)))
    often = np.flatnonzero(np.asarray(held.sum(axis=0)).ravel() >= least)
    return association.frequent(held[:, often], np.asarray(held.sum(axis=1)).ravel(), least)
