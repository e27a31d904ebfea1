"""Numbers that last: a customer has that of its oldest account, whatever merges and splits."""

import pytest

from jobs.identity.decided import is_surely_over
from jobs.silver.customer_id_changes import customer_id_changes
from jobs.silver.customers import customers
from jobs.silver.identity_precision import identity_precision
from jobs.silver.identity_recall import identity_recall
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


@pytest.fixture
def joined(spark, lake):
    """The customers of the night, after a night on which everybody was alone but who ``was`` says."""

    def made(links: list[tuple], decisions: list[tuple] = (), was: dict[str, int] | None = None):
        sources = lake(links, decisions)
        precision = spark.createDataFrame(identity_precision(*sources))
        before = {of[0]: of[1] for of in NUMBERS if was is not None} | (was or {})
        rows = (dict(zip(("account_id", "customer_id"), of, strict=True)) for of in before.items())
        return customers(*sources, precision, frame(spark, "silver.customers", *rows))

    return made


def whose(found) -> dict[str, int]:
    return {row["account_id"]: row["customer_id"] for row in found.to_pylist()}


def test_a_merge_keeps_the_older_number_and_a_split_gives_each_part_its_own(joined):
    alone, together = whose(joined([])), [("app:2", "app:3", LIKELY), ("app:2", "card:1", SURE)]
    assert alone == {"card:1": 11, "app:2": 22, "app:3": 33, "pay:4": 44}
    merged = joined(together)
    assert whose(merged) == {"card:1": 11, "app:2": 11, "app:3": 11, "pay:4": 44}
    why = {row["account_id"]: (row["probability"], row["reason"]) for row in merged.to_pylist()}
    assert why == {
        "card:1": (1.0, "same verified phone"),
        "app:2": (1.0, "same verified phone"),
        "app:3": (0.95, "same name; same address"),
        "pay:4": (None, None),
    }
    split = joined(together, [("app:2", "card:1", False)])
    assert whose(split) == {"card:1": 11, "app:2": 22, "app:3": 22, "pay:4": 44}


def test_what_a_steward_decides_outranks_the_model_and_an_identifier(joined):
    links = [("app:2", "card:1", SURE), ("app:3", "card:1", OTHERS)]
    decided = joined(links, [("app:3", "card:1", True), ("app:2", "card:1", False)])
    assert whose(decided) == {"card:1": 11, "app:2": 22, "app:3": 11, "pay:4": 44}
    assert {row["reason"] for row in decided.to_pylist()} == {None, "a data steward said so"}


def test_two_who_cannot_be_one_are_not_joined_by_a_third_and_somebody_looks_at_it(spark, lake, joined):
    links = [("app:2", "card:1", SURE), ("app:2", "app:3", LIKELY), ("app:3", "card:1", OTHERS)]
    assert whose(joined(links)) == {"card:1": 11, "app:2": 11, "app:3": 33, "pay:4": 44}
    [row] = identity_review(*lake(links), spark.createDataFrame(joined(links))).to_pylist()
    assert (row["account_id"], row["other_account_id"]) == ("app:2", "app:3") and "other name" in row["reason"]


def test_what_people_decided_measures_the_links_alone(lake):
    links = [("app:2", "card:1", SURE), ("app:3", "card:1", LIKELY)]
    decisions = [
        ("app:2", "card:1", True),
        ("app:2", "app:3", False),
        ("card:1", "pay:4", True),
        ("app:2", "x:9", True),
    ]
    precision, recall = (of(*lake(links, decisions)).to_pylist() for of in (identity_precision, identity_recall))
    assert {(row["account_id"], row["other_account_id"], row["is_same"]) for row in precision} == {
        ("app:2", "card:1", True),
        ("app:2", "app:3", False),  # the decision itself does not make the links right
    }
    assert {(row["account_id"], row["other_account_id"], row["is_joined"]) for row in recall} == {
        ("app:2", "card:1", True),
        ("card:1", "pay:4", False),
    }  # and nobody knows x:9


def test_where_people_surely_find_too_many_joined_wrongly_nobody_is_joined_anew(spark, lake, joined):
    links = [("app:2", "card:1", SURE), ("app:3", "card:1", LIKELY), ("app:3", "app:2", LIKELY)]
    once, surely = [("app:2", "app:3", False)], [("app:2", "app:3", False), ("app:3", "card:1", False)]
    links.append(("card:1", "pay:4", SURE))
    assert whose(joined(links, once, was={"app:2": 11})) == {"card:1": 11, "app:2": 11, "app:3": 33, "pay:4": 11}
    held = joined(links, surely, was={"app:2": 11})
    assert whose(held) == {"card:1": 11, "app:2": 11, "app:3": 33, "pay:4": 44}, "as it was on the night before"
    review = identity_review(*lake(links, surely), spark.createDataFrame(held)).to_pylist()
    assert [row["other_account_id"] for row in review if "joined anew" in row["reason"]] == ["pay:4"]
    told = joined(links, [*surely, ("card:1", "pay:4", True)], was={"app:2": 11})
    assert whose(told)["pay:4"] == 11, "what people decide counts"
    assert whose(joined(links, surely))["pay:4"] == 11, "there was no night before"


@pytest.mark.parametrize(
    ("wrong", "of", "surely"), [(0, 0, False), (2, 2, True), (1, 2, False), (3, 20, False), (4, 20, True)]
)
def test_a_few_wrong_pairs_prove_nothing(wrong, of, surely):
    # by hand: 1 - .95 ** 2 = .0975; of 20, three or more come with .0755 and four with .0159
    assert is_surely_over(0.05, wrong, of) is surely


def test_what_an_old_number_has_become_is_told(spark):
    shape = "account_id string, customer_id long, reason string"
    before = spark.createDataFrame([("a", 1, ""), ("b", 2, ""), ("c", 3, ""), ("d", 3, "")], shape)
    now = spark.createDataFrame([("a", 1, "x"), ("b", 1, "y"), ("c", 3, None), ("d", 4, None), ("e", 5, "")], shape)
    found = {tuple(row) for row in customer_id_changes(now, before).collect()}
    assert found == {("b", 2, 1, "merge", "y"), ("d", 3, 4, "split", None)}
