"""Numbers that last: a customer has that of its oldest account, whatever merges and splits."""

import pytest

from jobs.silver.customer_id_changes import customer_id_changes
from jobs.silver.customers import customers
from jobs.silver.identity_review import identity_review
from tests.conftest import DAY, frame

NUMBERS = [("card:1", 11, DAY, 1), ("app:2", 22, DAY, 2), ("app:3", 33, DAY, 3), ("pay:4", 44, DAY, 4)]
SURE = ("certain", 1.0, 20.0, "same verified phone")
LIKELY = ("probable", 0.95, 4.2, "same name; same address")
OTHERS = ("different", 0.0, -9.0, "same address; but other name")


@pytest.fixture
def lake(spark):
    """Frames of the three sources."""

    def frames(links: list[tuple], decisions: list[tuple] = ()):
        numbers = (
            dict(zip(("account_id", "account_number", "known_on", "seniority"), of, strict=True)) for of in NUMBERS
        )
        pair, said = ("account_id", "other_account_id"), ("kind", "probability", "weight", "reason")
        linked = (dict(zip((*pair, *said), (one, other, *of), strict=True)) for one, other, of in links)
        decided = (dict(zip((*pair, "is_same"), of, strict=True)) for of in decisions)
        return (
            frame(spark, "silver.account_numbers", *numbers),
            frame(spark, "silver.identity_links", *linked),
            frame(spark, "silver.identity_decisions", *decided),
        )

    return frames


def whose(found) -> dict[str, int]:
    return {row["account_id"]: row["customer_id"] for row in found.to_pylist()}


def test_a_merge_keeps_the_older_number_and_a_split_gives_each_part_its_own(lake):
    alone, together = whose(customers(*lake([]))), [("app:2", "app:3", LIKELY), ("app:2", "card:1", SURE)]
    assert alone == {"card:1": 11, "app:2": 22, "app:3": 33, "pay:4": 44}
    merged = customers(*lake(together))
    assert whose(merged) == {"card:1": 11, "app:2": 11, "app:3": 11, "pay:4": 44}
    why = {row["account_id"]: (row["probability"], row["reason"]) for row in merged.to_pylist()}
    assert why == {
        "card:1": (1.0, "same verified phone"),
        "app:2": (1.0, "same verified phone"),
        "app:3": (0.95, "same name; same address"),
        "pay:4": (None, None),
    }
    split = customers(*lake(together, [("app:2", "card:1", False)]))
    assert whose(split) == {"card:1": 11, "app:2": 22, "app:3": 22, "pay:4": 44}


def test_what_a_steward_decides_outranks_the_model_and_an_identifier(lake):
    links = [("app:2", "card:1", SURE), ("app:3", "card:1", OTHERS)]
    decided = customers(*lake(links, [("app:3", "card:1", True), ("app:2", "card:1", False)]))
    assert whose(decided) == {"card:1": 11, "app:2": 22, "app:3": 11, "pay:4": 44}
    assert {row["reason"] for row in decided.to_pylist()} == {None, "a data steward said so"}


def test_two_who_cannot_be_one_are_not_joined_by_a_third_and_somebody_looks_at_it(lake):
    links = [("app:2", "card:1", SURE), ("app:2", "app:3", LIKELY), ("app:3", "card:1", OTHERS)]
    assert whose(customers(*lake(links))) == {"card:1": 11, "app:2": 11, "app:3": 33, "pay:4": 44}
    [row] = identity_review(*lake(links)).to_pylist()
    assert (row["account_id"], row["other_account_id"]) == ("app:2", "app:3") and "other name" in row["reason"]


def test_what_an_old_number_has_become_is_told(spark):
    shape = "account_id string, customer_id long, reason string"
    before = spark.createDataFrame([("a", 1, ""), ("b", 2, ""), ("c", 3, ""), ("d", 3, "")], shape)
    now = spark.createDataFrame([("a", 1, "x"), ("b", 1, "y"), ("c", 3, None), ("d", 4, None), ("e", 5, "")], shape)
    found = {tuple(row) for row in customer_id_changes(now, before).collect()}
    assert found == {("b", 2, 1, "merge", "y"), ("d", 3, 4, "split", None)}
