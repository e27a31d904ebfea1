"""Who is whose account: what joins, what never does, and a night as good as a rebuild."""

import json
import random
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from jobs.identity import model
from jobs.identity.linking import LINKS, links
from jobs.identity.prepared import prepare
from samples.many_doors.people import people
from tests.jobs.identity.town import PAID, records, town, trained

ANN = {"name": "Ann Lee", "phone": "+12125550123", "address": "12 Elm Street Apt. 4, Troy, NY 12180"}
LIZ = {"name": "Liz Lee", "birthday": "1990-01-31"}
NAN = {"name": "李楠", "phone": "+8613812345678", "address": "浙江省杭州市西湖区文三路367号5单元2307室"}


def kinds(*rows: dict, paid: tuple = ()) -> dict[tuple[str, str], str]:
    cards = pa.Table.from_pylist([{"account_id": who, "payment_card": card} for who, card in paid], PAID)
    found, _, _ = links(prepare(records(*rows), cards), trained())
    return {(row["account_l"], row["account_r"]): row["kind"] for row in found.to_pylist()}


def two(one: dict, other: dict) -> str | None:
    """What two accounts are to each other, of whom nobody knows more."""
    return kinds({"account_id": "app:1"} | one, {"account_id": "card:1"} | other).get(("app:1", "card:1"))


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (ANN | {"birthday": "1990-01-31"}, ANN | {"birthday": "1990-01-31"}, "probable"),
        (ANN | {"birthday": "1990-01-31"}, ANN | {"birthday": "1990-01-31", "name": "Eve Lee"}, "different"),  # twins
        (ANN | {"birthday": "1960-05-02"}, ANN | {"birthday": "1990-01-31"}, "different"),  # parent and child
        (ANN | {"email": "ann@example.com"}, ANN | {"email": "lee77@example.org"}, "different"),  # these too, it may be
        (NAN, NAN | {"name": "Nan Li"}, "probable"),
        (NAN, NAN | {"name": "Li Na"}, "different"),
        (NAN | {"phone": "+13812345678"}, NAN | {"address": None}, "probable"),  # dialled without its country code
        ({"name": "Ann Lee"}, {"name": "Ann Lee"}, None),
        (ANN, ANN | {"phone": "212****0123", "address": "12 Elm St #4, Troy, NY 12180"}, "probable"),
        (NAN, NAN | {"phone": "138****5678", "address": "浙江省杭州市西湖区文三路367-5-2307室"}, "probable"),
        (ANN | LIZ | {"name": "Elizabeth Lee"}, ANN | LIZ, "probable"),
    ],
)
def test_a_card_and_an_app(one, other, kind):
    assert two(one, other) == kind


def test_a_name_and_a_home_do_not_join_two_accounts_of_a_door_where_nobody_has_two():
    assert (
        kinds({"account_id": "card:1"} | ANN, {"account_id": "delivery:2"} | ANN)["card:1", "delivery:2"] == "probable"
    )
    assert not kinds({"account_id": "delivery:1"} | ANN, {"account_id": "delivery:2"} | ANN)


def test_who_shares_a_payment_card_may_live_together():
    """A pair has one card, two apps, a name in common, and an e-mail address each."""
    rows = [
        {"account_id": f"app:{n}", "name": "Ann Lee", "email": f"{of}@example.com"} for n, of in enumerate(("a", "lee"))
    ]
    assert kinds(*rows, paid=(("app:0", "t"), ("app:1", "t"))) == {("app:0", "app:1"): "different"}


@cache
def numbered() -> model.Model:
    """Of a town where everybody has a number, which one account in ten writes with two digits swapped."""
    said, _, owners = town()
    whole = [f"{owners[account] * 7919 + 100_000_000}" for account in said["account_id"].to_pylist()]
    written = [f"{of[:-2]}{of[:-3:-1]}" if n % 10 == 0 else of for n, of in enumerate(whole)]
    return model.fit(prepare(said.append_column("id_number", pa.array(written))))


def by_number(other: dict, numbers: tuple[str, str] = ("100000078", "100000078")) -> str | None:
    """What a card is to Ann's app, by what both say and their numbers."""
    ann = {"account_id": "app:1", "birthday": "1990-01-31"} | ANN
    told = records(ann, {"account_id": "card:1"} | other).append_column("id_number", pa.array(numbers))
    found = links(prepare(told), numbered())[0].to_pylist()
    return found[0]["kind"] if found else None


def test_a_number_of_the_person_outweighs_a_birthday_not_another_name_too():
    assert by_number(ANN | {"birthday": "1960-05-02"}) == "probable"
    assert by_number(ANN | {"birthday": "1990-01-31", "name": "Eve Smith"}) == "probable"
    assert by_number(ANN | {"name": "Eve Smith"}) == "probable", "nobody says another birthday"
    assert by_number(ANN | {"birthday": "1960-05-02", "name": "Eve Smith"}) == "different"


def test_a_number_with_digits_swapped_speaks_for_a_namesake():
    moved = {"name": "Ann Lee", "address": "77 Oak Road, Troy, NY 12180"}
    assert by_number(moved, ("100000078", "100000087")) == "probable"
    assert by_number(moved, ("100000078", "345678912")) is None


def test_another_given_name_is_an_error_where_nobody_lives_with_another():
    said, _, owners = town()
    second = {person.number for person in people([*range(1, 251)], 5) if person.is_second}
    rows = [row for row in said.to_pylist() if owners[row["account_id"]] not in second]
    for row in rows[::12]:
        row["name"] = f"Eve {(row['name'] or 'Ann Lee').rpartition(' ')[2]}"
    ann, eve = ({"account_id": f"{door}:1"} | ANN | {"birthday": "1990-01-31"} for door in ("app", "card"))
    found, _, _ = links(prepare(records(ann, eve | {"name": "Eve Lee"})), model.fit(prepare(records(*rows))))
    assert found["kind"].to_pylist() == ["probable"]


def test_a_verified_phone_is_certain_unless_two_names_share_it():
    app = {"account_id": "app:1", "phone": ANN["phone"], "is_phone_verified": True}
    card, eve = {"account_id": "card:1"} | ANN, {"account_id": "card:2"} | ANN | {"name": "Eve Lee"}
    assert kinds(app, card)["app:1", "card:1"] == "certain"
    assert kinds(app, card, eve) == {("card:1", "card:2"): "different"}


def test_what_a_payment_card_paid_is_its_owners_unless_two_persons_use_it():
    card, eve = {"account_id": "card:1"} | ANN, {"account_id": "card:2"} | ANN | {"name": "Eve Lee"}
    paid = (("card:1", "t"), ("pay:t", "t"))
    assert kinds(card, eve, paid=paid)["card:1", "pay:t"] == "certain"
    assert kinds(card, eve, paid=(*paid, ("card:2", "t"))) == {("card:1", "card:2"): "different"}


def test_who_asks_about_an_order_is_who_placed_it_unless_they_cannot_be_one():
    def asked(of: dict) -> list[tuple]:
        both = pa.table({"account_id": ["card:1", "service:2"], "order_id": ["31198570044"] * 2})
        told = records({"account_id": "card:1"} | ANN, {"account_id": "service:2"} | of)
        found, _, _ = links(prepare(told, None, both), trained())
        return [(row["kind"], row["reason"]) for row in found.to_pylist()]

    assert asked({"email": "x@example.org"}) == [("certain", "one asks about an order of the other")]
    assert [kind for kind, _ in asked({"name": "Eve Smith"})] != ["certain"]


def test_an_account_that_names_two_persons_joins_nobody_and_is_told():
    other = {"account_id": "service:1", "name": "Eve Lee", "phone": ANN["phone"]}
    found = kinds({"account_id": "card:1"} | ANN, other, other | {"name": "Ann Lee"})
    assert found == {("service:1", "service:1"): "different"}


def by_nights(nights: list[tuple[pa.Table, pa.Table, set[str]]], is_told: bool) -> list[dict]:
    """The links after the last night, of ``said``, ``paid`` and who changed; ``is_told``: which of them are new."""
    kept, known = LINKS.empty_table(), set[str]()
    for said, paid, changed in nights:
        found, touched, _ = links(prepare(said, paid), trained(), changed, changed - known if is_told else ())
        known |= changed
        ids = pa.array([*touched], pa.string())
        stays = pc.invert(pc.or_(pc.is_in(kept["account_l"], ids), pc.is_in(kept["account_r"], ids)))
        kept = pa.concat_tables([kept.filter(stays), found])
    return kept.sort_by([("account_l", "ascending"), ("account_r", "ascending")]).to_pylist()


def of_accounts(table: pa.Table, accounts: set[str]) -> pa.Table:
    return table.filter(pc.is_in(table["account_id"], pa.array([*accounts], pa.string())))


@pytest.mark.parametrize("is_told", [False, True])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nights_in_any_order_give_what_a_rebuild_gives(seed, is_told):
    said, paid, owners = town()
    order, known, nights = sorted(owners), set[str](), []
    random.Random(seed).shuffle(order)
    for n in range(4):
        known |= {*order[n::4]}
        nights.append((of_accounts(said, known), of_accounts(paid, known), {*order[n::4]}))
    assert by_nights(nights, is_told) == links(prepare(said, paid), trained())[0].to_pylist()


@pytest.mark.parametrize("seed", [4, 5, 6])
def test_accounts_that_say_more_give_what_a_rebuild_gives(seed):
    """Half of them say later what somebody else says too, their household or a stranger; as in a desk's hand."""
    said, paid, owners = town()
    draw, rows = random.Random(seed), said.to_pylist()
    more = [row | {"account_id": draw.choice(rows)["account_id"]} for row in draw.sample(rows, len(rows) // 2)]
    more = [row | {"phone": draw.choice(rows)["phone"]} if draw.random() < 0.5 else row for row in more]
    nights, told = [(said, paid, {*owners})], said
    for n in range(3):
        tonight = pa.Table.from_pylist(more[n::3], said.schema)
        told = pa.concat_tables([told, tonight])
        nights.append((told, paid, {*tonight["account_id"].to_pylist()}))
    assert by_nights(nights, True) == links(prepare(told, paid), trained())[0].to_pylist()


def test_a_model_in_json_gives_the_same_links_and_is_the_same_when_made_again():
    prepared = prepare(*town()[:2])
    again = json.loads(json.dumps(trained()))
    assert links(prepared, again)[0] == links(prepared, trained())[0]
    assert model.fit(prepared) == trained()


def test_a_model_knows_nobodys_name():
    said, _, _ = town()
    whole = {name.casefold() for name in said["name"].to_pylist() if name}
    assert not whole & {name for of in trained()["frequencies"].values() for name in of}
