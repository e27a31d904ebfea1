"""Rules of products and of categories, and how people read them."""

import pytest

from jobs.gold.product_rules import product_rules
from tests.conftest import DAY, NIGHT_BEFORE, frame

MASTER = [
    {"product_id": "p:1", "department": "DELI", "category": "CHEESE", "product_name": "Brie"},
    {"product_id": "p:2", "department": "DELI", "category": "HAM", "product_type": "COOKED"},
    {"product_id": "p:3", "department": "BAKERY", "category": "BREAD"},
    {"product_id": "p:4"},
    *({"product_id": f"x:{n}", "department": "X", "category": f"{n}"} for n in range(1000)),
]


@pytest.fixture(scope="module")
def rules(spark) -> dict[tuple, dict]:
    bought = [["p:1", "p:2"]] * 40 + [["p:1", "p:3"]] * 30 + [["p:3", "p:9"]] * 60 + [["p:4"], [], None, ["p:2"]] * 20
    bought += [[f"x:{n}", f"x:{n + 500}"] for n in range(500)]
    baskets = [{"order_id": str(n), "ordered_on": NIGHT_BEFORE, "products": of} for n, of in enumerate(bought)]
    baskets += [{"order_id": f"later {n}", "ordered_on": DAY, "products": ["p:3", "p:4"]} for n in range(30)]
    sold = frame(spark, "gold.sales_baskets", *baskets)
    found = product_rules(sold, frame(spark, "silver.products", *MASTER), NIGHT_BEFORE).collect()
    return {(row["level"], row["antecedent"], row["consequent"]): row.asDict() for row in found}


def test_products_and_categories_of_the_day_have_rules(rules):
    pairs = {"product": [("p:1", "p:2"), ("p:1", "p:3"), ("p:3", "p:9")]}
    pairs["category"] = [("DELI / CHEESE", "DELI / HAM"), ("DELI / CHEESE", "BAKERY / BREAD")]
    assert set(rules) == {(level, *way) for level in pairs for pair in pairs[level] for way in (pair, pair[::-1])}
    rule = rules["product", "p:1", "p:2"]
    assert (rule["baskets"], rule["antecedent_baskets"], rule["both_baskets"]) == (710, 70, 40)
    assert rule["lift"] == pytest.approx((40 / 70) / (60 / 710))


def test_bundles_are_of_one_department_and_told_once(rules):
    ranks = {key: rule["bundle_rank"] for key, rule in rules.items() if rule["bundle_rank"]}
    assert ranks == {("product", "p:2", "p:1"): 1, ("category", "DELI / HAM", "DELI / CHEESE"): 1}
    assert (
        rules["product", "p:1", "p:3"]["cross_sell_rank"] == 1 and not rules["product", "p:1", "p:2"]["cross_sell_rank"]
    )


def test_what_nobody_knows_has_no_department(rules):
    unknown = rules["product", "p:3", "p:9"]
    assert (unknown["department"], unknown["consequent_department"], unknown["cross_sell_rank"]) == (
        "BAKERY",
        None,
        None,
    )


def test_a_rule_is_told_in_words(rules):
    said = rules["product", "p:1", "p:2"]["why"]
    assert said.startswith("57% of baskets with Brie have COOKED (p:2), 6.8 times as many as all; 40 baskets, ")
