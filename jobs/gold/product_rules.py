"""``gold.product_rules``: what is bought together.

All baskets are counted in one Python worker, at most those of a year: a million take seconds there, and sets of items
cannot be counted apart without counting all that are rare.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from scipy import sparse

from expectations.gold.product_rules import product_rules as contract
from jobs.arrow import ddl, shaped
from jobs.statistics import association

HISTORY = timedelta(days=365)
LEAST, SHARE = 20, {"product": 0.0005, "category": 0.005}  # baskets of a rule, and as a share of all
CHANCE = 0.05
ITEMS = ("antecedent", "antecedent_2", "consequent")


def product_rules(sales_baskets: DataFrame, products: DataFrame, as_of: date) -> DataFrame:
    """Of baskets of the year to ``as_of``, by the product master of then."""
    on = F.col("ordered_on")
    baskets = sales_baskets.where((on <= F.lit(as_of)) & (on > F.lit(as_of - HISTORY))).select("products")
    master = products.select("product_id", "department", "category", "product_name", "product_type")
    shape = ddl(contract.columns)
    return baskets.groupBy().cogroup(master.groupBy()).applyInArrow(found, shape)


def found(baskets: pa.Table, master: pa.Table) -> pa.Table:
    """Rules of both levels; ``baskets``: lists of ``products``."""
    lists = baskets["products"].combine_chunks()
    bought = pd.DataFrame(
        {
            "basket": pc.list_parent_indices(lists).to_numpy(),
            "product": pc.list_flatten(lists).dictionary_encode().to_pandas(),
        }
    )
    every = master.to_pandas()
    known = {level: items(every, level) for level in SHARE}
    bought["category"] = bought["product"].map(known["product"]["category"])
    levels = [of_level(bought, level, len(lists), known[level]) for level in SHARE]
    return shaped(pd.concat(levels, ignore_index=True), contract)


def items(master: pd.DataFrame, level: str) -> pd.DataFrame:
    """By item of a level: its ``department``, ``category`` (with it), and the ``words`` that people know it by."""
    typed = master["product_type"] + " (" + master["product_id"] + ")"
    words = master["product_name"].fillna(typed).fillna(master["product_id"])
    every = master.assign(category=master["department"] + " / " + master["category"], product=master["product_id"])
    every["words"] = words if level == "product" else master["category"]
    return every.dropna(subset=[level]).drop_duplicates(level).set_index(level, drop=False)


def of_level(bought: pd.DataFrame, level: str, baskets: int, known: pd.DataFrame) -> pd.DataFrame:
    there = bought.dropna(subset=[level]).drop_duplicates(["basket", level])
    item, names = pd.factorize(there[level], sort=True)
    held = sparse.csr_matrix((np.ones(len(item), int), (there["basket"], item)), (baskets, len(names)))
    rules = association.rules(held, max(LEAST, int(np.ceil(SHARE[level] * baskets))))
    rules = rules[rules["adjusted_p_value"] <= CHANCE]
    label = np.array([*names, None], object)
    rules = rules.assign(**{name: label[rules[name]] for name in ITEMS}, level=level, baskets=baskets)
    departments = [rules[name].map(known["department"]) for name in ITEMS]
    is_one = rules["antecedent_2"].isna() | (departments[0] == departments[1])
    rules = rules.assign(
        department=departments[0].where(is_one, None),
        consequent_department=departments[2],
        conviction=rules["conviction"].replace(np.inf, np.nan),
        why=[in_words(rule, known["words"]) for rule in rules.itertuples()],
    )
    return rules.assign(bundle_rank=bundle_rank(rules), cross_sell_rank=cross_sell_rank(rules))


def bundle_rank(rules: pd.DataFrame) -> pd.Series:
    """Sets of items of one department, by baskets beyond the expected."""
    inside = rules[rules["department"].notna() & (rules["department"] == rules["consequent_department"])]
    names = inside[list(ITEMS)]
    one_set = names.apply(lambda row: tuple(sorted(row.dropna())), axis=1) if len(inside) else pd.Series(dtype=object)
    best = inside.assign(one_set=one_set).sort_values(["confidence", *ITEMS], ascending=[False, True, True, True])
    return _ranked(best.drop_duplicates("one_set"))


def cross_sell_rank(rules: pd.DataFrame) -> pd.Series:
    elsewhere = rules["consequent_department"].notna() & (rules["department"] != rules["consequent_department"])
    return _ranked(rules[rules["department"].notna() & elsewhere])


def _ranked(rules: pd.DataFrame) -> pd.Series:
    """Within a department; the first by name of equals."""
    beyond = rules.assign(beyond=rules["both_baskets"] - rules["expected_baskets"])
    ordered = beyond.sort_values(["beyond", *ITEMS], ascending=[False, True, True, True])
    return ordered.groupby("department").cumcount() + 1


def in_words(rule: pd.Series, words: pd.Series) -> str:
    named = [words.get(item, item) for item in (rule.antecedent, rule.antecedent_2, rule.consequent) if item]
    return (
        f"{rule.confidence:.0%} of baskets with {' and '.join(named[:-1])} have {named[-1]}, {rule.lift:.1f} times as "
        f"many as all; {rule.both_baskets} baskets, {rule.expected_baskets:.0f} expected"
    )
