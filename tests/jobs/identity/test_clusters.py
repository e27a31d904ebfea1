"""From links to customers."""

import random

import pyarrow as pa

from jobs.identity.clusters import clusters
from jobs.identity.linking import LINKS, links
from jobs.identity.pairs import USUAL, Limits
from jobs.identity.prepared import prepare
from tests.jobs.identity.town import town, trained


def linked(*rows: tuple[str, str, str, float]) -> pa.Table:
    found = [dict(zip(("account_l", "account_r", "kind", "weight"), row, strict=True)) for row in rows]
    return pa.Table.from_pylist([row | {"probability": 0.9, "reason": "because"} for row in found], LINKS)


def joined(table: pa.Table, decisions: tuple = (), limits: Limits = USUAL) -> tuple[set[str], list[str]]:
    """Clusters of accounts of one letter, as words; and why a reviewer is asked."""
    of, review = clusters("abcd", table, decisions, limits)
    words = {"".join(sorted(account for account in of if of[account] == name)) for name in of.values()}
    return words, review["why"].to_pylist()


def test_a_chain_is_one_and_the_weakest_link_goes_where_its_ends_cannot_be_one():
    chain = [("a", "b", "certain", 30.0), ("b", "c", "probable", 9.0), ("c", "d", "certain", 20.0)]
    assert joined(linked(*chain)) == ({"abcd"}, [])
    assert joined(linked(*chain, ("a", "d", "different", -9.0))) == ({"ab", "cd"}, ["not joined: a and d: because"])


def test_who_could_as_well_be_another_joins_neither():
    apart = ("a", "c", "different", -9.0)
    words, why = joined(linked(("a", "b", "probable", 5.0), ("b", "c", "probable", 4.0), apart))
    assert words == {"a", "b", "c", "d"} and len(why) == 2
    assert joined(linked(("a", "b", "probable", 15.0), ("b", "c", "probable", 4.0), apart))[0] == {"ab", "c", "d"}


def test_a_reviewer_outranks_the_model():
    table = linked(("a", "b", "certain", 30.0), ("c", "d", "different", -30.0))
    assert joined(table, (("b", "a", False), ("c", "d", True)))[0] == {"a", "b", "cd"}


def test_too_many_accounts_are_cut_and_told():
    table = linked(("a", "b", "certain", 30.0), ("b", "c", "certain", 20.0), ("c", "d", "certain", 10.0))
    words, why = joined(table, limits=Limits(cluster=2))
    assert words == {"ab", "cd"} and why == ["not joined: more than 2 accounts"]


def test_neither_the_order_of_links_nor_other_components_count():
    found, _, _ = links(prepare(*town()[:2]), trained())
    whole, review = clusters(sorted(town()[2]), found, [])
    assert review.num_rows
    mixed = [*range(found.num_rows)]
    random.Random(1).shuffle(mixed)
    assert clusters(sorted(town()[2]), found.take(mixed), [])[0] == whole
    for account in sorted(town()[2])[::40]:
        of_component = component(found, account)
        alone, _ = clusters([account], of_component, [])
        assert alone == {one: whole[one] for one in alone}


def component(found: pa.Table, account: str) -> pa.Table:
    """All links of the accounts that links hold together with one."""
    rows, members, before = found.to_pylist(), {account}, 0
    while len(members) > before:
        before = len(members)
        for row in rows:
            ends = {row["account_l"], row["account_r"]}
            members |= ends if row["kind"] != "different" and ends & members else set()
    return found.filter(pa.array([{row["account_l"], row["account_r"]} <= members for row in rows]))


def test_a_town_is_told_apart():
    said, paid, owners = town()
    of, _ = clusters(owners, links(prepare(said, paid), trained())[0], [])
    pairs = [(one, other) for one in owners for other in owners if one < other]
    same = [of[one] == of[other] for one, other in pairs]
    right = [owners[one] == owners[other] for one, other in pairs]
    both = sum(map(bool.__and__, same, right))
    assert both / sum(same) > 0.99 and both / sum(right) > 0.93
