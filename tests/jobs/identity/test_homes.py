"""One person of a home, or two."""

import pyarrow as pa

from jobs.identity import homes
from jobs.identity.comparisons import EVERY

SAME_NAME, OTHER_GIVEN_NAME, SAME_BIRTHDAY, DIGIT_WRONG, OTHER_BIRTHDAY = 7, 1, 2, 1, 0
STRANGERS = {"birthday": [0.998, 0.001, 0.0001]}


def weights(seen: dict[tuple, int]) -> dict[tuple, float]:
    """Bits of levels of name and birthday, and of the two doors where they are told, learned from how often each was
    seen."""
    rows = [of for of, many in seen.items() for _ in range(many)]
    names, birthdays, left, right = zip(*((*of, None, None)[:4] for of in rows), strict=True)
    doors = {"door_l": pa.array(left, pa.string()), "door_r": pa.array(right, pa.string())}
    pairs = pa.table({"gamma_name": names, "gamma_birthday": birthdays, **doors})
    bits = homes.weight(homes.fit(pairs, ["name", "birthday"], STRANGERS), pairs)
    return {of: round(float(bit), 1) for of, bit in zip(rows, bits, strict=True)}


def test_levels_are_numbered_as_here():
    assert EVERY["name"].levels[-1 - SAME_NAME].says == "same name"
    assert EVERY["birthday"].levels[-1 - SAME_BIRTHDAY].says == "same birthday"


def test_where_no_home_has_two_errors_are_not_taken_for_a_second_person():
    found = weights({(SAME_NAME, SAME_BIRTHDAY): 800, (SAME_NAME, DIGIT_WRONG): 90, (5, SAME_BIRTHDAY): 110})
    assert min(found[SAME_NAME, SAME_BIRTHDAY], found[5, SAME_BIRTHDAY]) > 5


def test_where_homes_have_two_they_stay_two():
    found = weights({(SAME_NAME, SAME_BIRTHDAY): 700, (OTHER_GIVEN_NAME, OTHER_BIRTHDAY): 200})
    assert found[SAME_NAME, SAME_BIRTHDAY] > 5 and found[OTHER_GIVEN_NAME, OTHER_BIRTHDAY] < -5


def test_who_has_two_accounts_of_one_door_is_learned_by_door():
    """Many have two cards, nobody two apps; of a home, some have a child of their own name."""
    doors = card_and_app, cards, apps = ("card", "app"), ("card", "card"), ("app", "app")
    seen = {(SAME_NAME, SAME_BIRTHDAY, *card_and_app): 700, (SAME_NAME, SAME_BIRTHDAY, *cards): 300}
    seen |= {(OTHER_GIVEN_NAME, OTHER_BIRTHDAY, *of): 100 for of in doors}
    seen |= {(SAME_NAME, OTHER_BIRTHDAY, *of): 20 for of in doors} | {(SAME_NAME, -1, *of): 5 for of in doors}
    found = {of: weights(seen)[SAME_NAME, -1, *of] for of in doors}
    assert min(found[card_and_app], found[cards]) > 2 and found[apps] < -2
